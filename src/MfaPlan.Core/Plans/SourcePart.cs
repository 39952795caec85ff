using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Where the on-premises data is; exactly one member, and tokens beside it.</summary>
public sealed record SourcePart
{
    /// <summary>Files of an MFA Server.</summary>
    [Description("Files of an MFA Server.")]
    public MfaServerSource? MfaServer { get; init; }

    /// <summary>The Web Service SDK of a running MFA Server.</summary>
    [Description("The Web Service SDK of a running MFA Server.")]
    public WebServiceSource? WebService { get; init; }

    /// <summary>Users exported from another product: their phones.</summary>
    [Description("Users exported from another product: their phones.")]
    public ExportSource? Export { get; init; }

    /// <summary>A file in the documented interchange format, JSON lines.</summary>
    [Description("A file in the documented interchange format, JSON lines.")]
    public string? Records { get; init; }

    /// <summary>Inventories of OATH tokens, beside any kind of source.</summary>
    [Description("Inventories of OATH tokens, beside any kind of source.")]
    public ImmutableArray<TokenFile> Tokens { get; init; } = [];
}
