using System.Collections.Immutable;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Gates;

/// <summary>What a person signs after a wave: of one run of one wave in one tenant, and of nothing else.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="PlanDigest">SHA-256 (hex) of the plan that the run carried out.</param>
/// <param name="Wave">The wave's name in the plan.</param>
/// <param name="Run">The run.</param>
/// <param name="Digest">The digest of the run's change set.</param>
/// <param name="Answers">Whether it works, by question.</param>
/// <param name="Note">What was tried, in the person's words; may be empty.</param>
/// <param name="At">When it was signed; whole seconds, UTC.</param>
/// <param name="Signer">The principal of allowed_signers as whom it is signed.</param>
public sealed record AttestationTerms(
    Guid Tenant,
    string PlanDigest,
    string Wave,
    string Run,
    string Digest,
    ImmutableSortedDictionary<Attestation, bool> Answers,
    string Note,
    DateTimeOffset At,
    string Signer)
{
    /// <inheritdoc/>
    public bool Equals(AttestationTerms? other) =>
        other is not null && Tenant == other.Tenant && PlanDigest == other.PlanDigest && Wave == other.Wave && Run == other.Run && Digest == other.Digest
        && Answers.SequenceEqual(other.Answers) && Note == other.Note && At == other.At && Signer == other.Signer;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tenant, PlanDigest, Wave, Run, Digest, Answers.Count, At, Signer);
}
