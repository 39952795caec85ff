using System.Collections.Immutable;

namespace MfaPlan.Core.Proofs;

/// <summary>Counts over the proofs of a stage's users.</summary>
/// <param name="Users">Users proved about.</param>
/// <param name="ByLockout">How many of each verdict; verdicts that nobody has are left out.</param>
/// <param name="ByPolicy">How many have their demand from a policy, by the policy's label.</param>
/// <param name="Gaps">Users of whom nothing demands MFA; disabled accounts are not counted.</param>
/// <param name="DemandUnknown">Users of whom it cannot be judged; disabled accounts are not counted.</param>
public sealed record ProofTotals(
    long Users,
    ImmutableSortedDictionary<LockoutVerdict, long> ByLockout,
    ImmutableSortedDictionary<string, long> ByPolicy,
    long Gaps,
    long DemandUnknown)
{
    /// <summary>How many have a verdict.</summary>
    public long Of(LockoutVerdict verdict) => ByLockout.GetValueOrDefault(verdict);
}
