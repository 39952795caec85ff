using System.Collections.Immutable;
using MfaPlan.Core.Evidence;

namespace MfaPlan.Engine.Evidence;

/// <summary>What a pack is asked to hold beside journal, change sets and approvals of a state.</summary>
/// <param name="Tenant">The state's tenant.</param>
/// <param name="Plan">metadata.name of the plan.</param>
/// <param name="PlanDigest">The digest of its text.</param>
/// <param name="Plans">The plan as it is, and as it was earlier.</param>
/// <param name="Reveal">Whether names and numbers are to stand in clear, too.</param>
/// <param name="Key">The SSH key to sign with; full path; null for a pack that is not signed.</param>
/// <param name="Written">Now.</param>
/// <param name="Program">What this program is.</param>
public sealed record EvidenceRequest(
    Guid Tenant,
    string Plan,
    string PlanDigest,
    ImmutableArray<PlanCopy> Plans,
    bool Reveal,
    string? Key,
    DateTimeOffset Written,
    ProgramFacts Program);

/// <summary>A plan for a pack.</summary>
/// <param name="Digest">The digest of its text.</param>
/// <param name="Text">Its text, so that SHA-256 gives the digest; with masked names where it may not be in clear; null where the names in it cannot be masked.</param>
/// <param name="Masked">Whether names in it are masked.</param>
/// <param name="Signers">The list of allowed signers that it pins, with its SHA-256; null where it pins none or the list is not at hand.</param>
/// <param name="SignersMissing">The SHA-256 of a list that it pins and that is not at hand; null otherwise.</param>
public sealed record PlanCopy(string Digest, ReadOnlyMemory<byte>? Text, bool Masked, (string Sha256, ReadOnlyMemory<byte> List)? Signers, string? SignersMissing);
