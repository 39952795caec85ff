using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>The federation switch.</summary>
public sealed record CutOver
{
    /// <summary>Names of domains of the plan.</summary>
    [Description("Names of domains of the plan.")]
    public required ImmutableArray<string> Domains { get; init; }

    /// <summary>The behaviour to switch to.</summary>
    [Description("The behaviour to switch to.")]
    public FederatedMfa To { get; init; } = FederatedMfa.RejectMfaByFederatedIdp;

    /// <summary>Over whom the lockout proof runs.</summary>
    [Description("Over whom the lockout proof runs.")]
    public CutOverProof Proof { get; init; } = CutOverProof.AllEnabledUsersOfDomain;

    /// <summary>A CSV of accepted exceptions with owner, reason, expiry.</summary>
    [Description("A CSV of accepted exceptions with owner, reason, expiry.")]
    public string? Exceptions { get; init; }

    /// <summary>Conditional Access policies that demand MFA.</summary>
    [Description("Conditional Access policies that demand MFA.")]
    public ImmutableArray<Guid> MfaRequiredBy { get; init; } = [];

    /// <summary>What a rollback does with a domain whose behaviour was never set before, which cannot be restored.</summary>
    [Description("What a rollback does with a domain whose behaviour was never set before, which cannot be restored.")]
    public NeverSet NeverSet { get; init; }

    /// <summary>When it may happen: day, hours, time zone, for example Sat 06:00-10:00 Europe/Berlin.</summary>
    [Description("When it may happen: day, hours, time zone, for example Sat 06:00-10:00 Europe/Berlin.")]
    public string? Window { get; init; }

    /// <summary>How long sign-ins are watched.</summary>
    [Description("How long sign-ins are watched.")]
    public Duration Watch { get; init; } = new(TimeSpan.FromHours(48));

    /// <summary>Signatures, from 1.</summary>
    [Description("Signatures, from 1.")]
    public int Signers { get; init; } = 2;
}
