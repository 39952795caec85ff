using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>What becomes of kinds of account.</summary>
public sealed record Include
{
    /// <summary>Disabled in the source.</summary>
    [Description("Disabled in the source.")]
    public Inclusion SourceDisabled { get; init; } = Inclusion.List;

    /// <summary>Disabled in Entra.</summary>
    [Description("Disabled in Entra.")]
    public Inclusion EntraDisabled { get; init; } = Inclusion.List;

    /// <summary>Guests.</summary>
    [Description("Guests.")]
    public Inclusion Guests { get; init; } = Inclusion.List;

    /// <summary>Holders of an administrator role, active or eligible.</summary>
    [Description("Holders of an administrator role, active or eligible.")]
    public Inclusion Admins { get; init; } = Inclusion.Refuse;
}
