using System.Collections.Immutable;
using MfaPlan.Core.Evidence;

namespace MfaPlan.Engine.Evidence;

/// <summary>What a check of a pack came to.</summary>
/// <param name="Digest">The pack digest: SHA-256 of the manifest; null where there is none.</param>
/// <param name="Manifest">The manifest; null where it cannot be read.</param>
/// <param name="Contents">What journal and change sets say; null where the manifest cannot be read.</param>
/// <param name="Notes">Flaws first, then what could not be checked, by place.</param>
/// <param name="Signers">As whom the manifest's signature holds; none where there is no signature or it does not hold.</param>
/// <param name="OwnList">Whether the signature was checked by the list that the pack itself holds.</param>
/// <param name="Approved">How many runs were approved as their plan demands.</param>
/// <param name="Compared">Whether the state was at hand, and the pack's journal is how it begins.</param>
public sealed record EvidenceReport(
    string? Digest,
    PackManifest? Manifest,
    PackContents? Contents,
    ImmutableArray<EvidenceNote> Notes,
    ImmutableArray<string> Signers,
    bool OwnList,
    int Approved,
    bool Compared)
{
    /// <summary>Whether something is wrong.</summary>
    public bool IsBroken => Notes.Any(static note => note.IsFlaw);

    /// <summary>Whether something could not be checked.</summary>
    public bool IsIncomplete => Notes.Any(static note => !note.IsFlaw);
}
