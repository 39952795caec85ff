using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>What must hold before the next wave.</summary>
public sealed record GateSettings
{
    /// <summary>How long a change takes to reach everywhere.</summary>
    [Description("How long a change takes to reach everywhere.")]
    public Duration? Propagation { get; init; }

    /// <summary>How long a wave is watched.</summary>
    [Description("How long a wave is watched.")]
    public Duration? Soak { get; init; }

    /// <summary>Users with evidence, at least.</summary>
    [Description("Users with evidence, at least.")]
    public long? MinUsers { get; init; }

    /// <summary>Share of users with a fresh MFA in the cloud, at least.</summary>
    [Description("Share of users with a fresh MFA in the cloud, at least.")]
    public Percent? FreshMfaUsers { get; init; }

    /// <summary>Share of users who failed, at most.</summary>
    [Description("Share of users who failed, at most.")]
    public Percent? FailedUsers { get; init; }

    /// <summary>Users by method, at least.</summary>
    [Description("Users by method, at least.")]
    public long? PerMethodUsers { get; init; }

    /// <summary>What a person vouches for.</summary>
    [Description("What a person vouches for.")]
    public ImmutableArray<Attestation> Attest { get; init; } = [];

    /// <summary>What missing evidence means.</summary>
    [Description("What missing evidence means.")]
    public Inconclusive Inconclusive { get; init; } = Inconclusive.Hold;

    /// <summary>Signatures, from 1.</summary>
    [Description("Signatures, from 1.")]
    public int Signers { get; init; } = 1;
}
