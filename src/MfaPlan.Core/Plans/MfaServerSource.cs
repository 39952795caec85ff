using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Files of an MFA Server.</summary>
public sealed record MfaServerSource
{
    /// <summary>The user export, CSV.</summary>
    [Description("The user export, CSV.")]
    public required string Users { get; init; }

    /// <summary>The day the data is of.</summary>
    [Description("The day the data is of.")]
    public DateOnly? AsOf { get; init; }

    /// <summary>Mobile app devices, JSON lines.</summary>
    [Description("Mobile app devices, JSON lines.")]
    public string? Devices { get; init; }

    /// <summary>Inventories of OATH tokens.</summary>
    [Description("Inventories of OATH tokens.")]
    public ImmutableArray<TokenFile> Tokens { get; init; } = [];
}
