using System.Collections.Immutable;

namespace MfaPlan.Core.Evidence;

/// <summary>What a pack holds and of what; the SHA-256 of its bytes is the pack digest.</summary>
/// <param name="Format">The pack's format; first.</param>
/// <param name="Kind">Always <see cref="ManifestText.Kind"/>.</param>
/// <param name="Tenant">The tenant of the state.</param>
/// <param name="Plan">metadata.name of the plan that the pack was asked of.</param>
/// <param name="PlanDigest">The digest of that plan's text.</param>
/// <param name="Written">When the pack was written, by its writer's clock; UTC.</param>
/// <param name="IsSigned">Whether a signature over the manifest belongs to the pack.</param>
/// <param name="Revealed">Whether names and numbers stand in clear in it.</param>
/// <param name="Program">What wrote it.</param>
/// <param name="Journal">How far the journal goes.</param>
/// <param name="Missing">What the writer looked for and did not have.</param>
/// <param name="Titles">What the codes in its tables say, in a few words.</param>
/// <param name="Files">Every file but the manifest, its digest and its signature, in ordinal order of path.</param>
public sealed record PackManifest(
    int Format,
    string Kind,
    Guid Tenant,
    string Plan,
    string PlanDigest,
    DateTimeOffset Written,
    bool IsSigned,
    bool Revealed,
    ProgramFacts Program,
    JournalFacts Journal,
    ImmutableArray<MissingPart> Missing,
    ImmutableSortedDictionary<string, string> Titles,
    ImmutableArray<PackFile> Files);

/// <summary>A file of a pack.</summary>
/// <param name="Path">One of <see cref="PackPaths"/>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record PackFile(string Path, long Bytes, string Sha256);

/// <summary>The journal's end as the pack has it: a whole number of lines, while somebody may have been appending.</summary>
/// <param name="Lines">How many lines.</param>
/// <param name="Hash">The last line's hash.</param>
/// <param name="At">When the last line was written; null for an empty journal.</param>
/// <param name="OpenRun">The run that was not closed there; null when there was none.</param>
public sealed record JournalFacts(long Lines, string Hash, DateTimeOffset? At, string? OpenRun);

/// <summary>The program that wrote a pack, and the facts that it judges by.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Rules">The version of its rules; one that differs from a change set's says that another program made that.</param>
/// <param name="Data">Its data files.</param>
/// <param name="Numbers">The version of the data of phone numbers and calling codes.</param>
public sealed record ProgramFacts(string Version, int Rules, ImmutableArray<DataFile> Data, string Numbers);

/// <summary>A data file of the program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reviewed">When it was last compared with its source.</param>
/// <param name="Sha256">Of its bytes.</param>
public sealed record DataFile(string Name, string Reviewed, string Sha256);

/// <summary>Something that belongs into a pack and was not at hand when it was written.</summary>
/// <param name="What">plan, signers, changeSet, approval, reading or attestation.</param>
/// <param name="Digest">The digest that names it, or that it lies under; of a reading that of its query.</param>
/// <param name="Why">Why it is not there, in a sentence.</param>
public sealed record MissingPart(string What, string Digest, string Why)
{
    /// <summary>The word for a plan's text.</summary>
    public const string Plan = "plan";

    /// <summary>The word for a list of allowed signers.</summary>
    public const string Signers = "signers";

    /// <summary>The word for a change set.</summary>
    public const string ChangeSet = "changeSet";

    /// <summary>The word for an approval.</summary>
    public const string Approval = "approval";

    /// <summary>The word for a gate's reading.</summary>
    public const string Reading = "reading";

    /// <summary>The word for an attestation.</summary>
    public const string Attestation = "attestation";
}
