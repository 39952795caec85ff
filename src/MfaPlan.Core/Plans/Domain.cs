using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>A domain and where its MFA happens today.</summary>
public sealed record Domain
{
    /// <summary>The domain name.</summary>
    [Description("The domain name.")]
    public required string Name { get; init; }

    /// <summary>What the author expects; another finding is said.</summary>
    [Description("What the author expects; another finding is said.")]
    public DomainKind? Expect { get; init; }

    /// <summary>Where MFA happens today.</summary>
    [Description("Where MFA happens today.")]
    public required MfaToday MfaToday { get; init; }

    /// <summary>How that is known.</summary>
    [Description("How that is known.")]
    public string? Evidence { get; init; }
}
