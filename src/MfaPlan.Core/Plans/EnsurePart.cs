using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Kinds of method that must be allowed.</summary>
public sealed record EnsurePart
{
    /// <summary>Text messages.</summary>
    [Description("Text messages.")]
    public EnsureSms? Sms { get; init; }

    /// <summary>Calls.</summary>
    [Description("Calls.")]
    public EnsureMethod? Voice { get; init; }

    /// <summary>Microsoft Authenticator.</summary>
    [Description("Microsoft Authenticator.")]
    public EnsureMethod? MicrosoftAuthenticator { get; init; }

    /// <summary>Software tokens.</summary>
    [Description("Software tokens.")]
    public EnsureMethod? SoftwareOath { get; init; }

    /// <summary>Hardware tokens.</summary>
    [Description("Hardware tokens.")]
    public EnsureMethod? HardwareOath { get; init; }
}
