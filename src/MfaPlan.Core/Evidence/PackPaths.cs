using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MfaPlan.Core.Evidence;

/// <summary>
/// The names of a pack's files, with slashes, relative to its folder. There are no others: what a manifest names is taken for a path only
/// where it has one of these forms, so that no manifest can point out of its folder.
/// </summary>
public static partial class PackPaths
{
    /// <summary>Names every other file but the two beside it.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The pack digest, as <c>sha256sum -c</c> reads it.</summary>
    public const string ManifestDigest = "manifest.json.sha256";

    /// <summary>The signature over the manifest; not in every pack.</summary>
    public const string ManifestSignature = "manifest.json.sig";

    /// <summary>For people.</summary>
    public const string Summary = "summary.md";

    /// <summary>The change sets with what they were judged by.</summary>
    public const string ChangeSets = "change-sets.jsonl";

    /// <summary>Every guard's word.</summary>
    public const string Guards = "guards.jsonl";

    /// <summary>The units of which something was found.</summary>
    public const string Findings = "findings.jsonl";

    /// <summary>The units of which nothing is known.</summary>
    public const string Unknown = "unknown.jsonl";

    /// <summary>The runs.</summary>
    public const string Runs = "runs.jsonl";

    /// <summary>Every change that a run settled or began.</summary>
    public const string Writes = "writes.jsonl";

    /// <summary>The gates that were judged.</summary>
    public const string Gates = "gates.jsonl";

    /// <summary>The tables that are worked out from journal and change sets, in ordinal order.</summary>
    public static ImmutableArray<string> Tables { get; } = [ChangeSets, Findings, Gates, Guards, Runs, Unknown, Writes];

    /// <summary>A plan by the digest of its text.</summary>
    public static string Plan(string digest) => $"plans/{digest}.yaml";

    /// <summary>A plan whose user names are masked, by the digest of its text as it was.</summary>
    public static string MaskedPlan(string digest) => $"plans/{digest}.masked.yaml";

    /// <summary>A list of allowed signers by its SHA-256.</summary>
    public static string Signers(string sha256) => $"signers/{sha256}";

    /// <summary>A segment of the journal.</summary>
    /// <param name="number">From 1.</param>
    public static string Segment(int number) => string.Create(CultureInfo.InvariantCulture, $"journal/{number:D6}.jsonl");

    /// <summary>A change set in canonical form by its digest.</summary>
    public static string ChangeSet(string digest) => $"change-sets/{digest}.jsonl";

    /// <summary>A change set with names and numbers in clear by its digest.</summary>
    public static string Revealed(string digest) => $"revealed/{digest}.jsonl";

    /// <summary>An approval's document or signature.</summary>
    /// <param name="digest">What it approves.</param>
    /// <param name="name">The file's name in the state.</param>
    public static string Approval(string digest, string name) => $"approvals/{digest}/{name}";

    /// <summary>An attestation's document or signature.</summary>
    /// <param name="digest">The change set of the run that it is about.</param>
    /// <param name="name">The file's name in the state.</param>
    public static string Attestation(string digest, string name) => $"attestations/{digest}/{name}";

    /// <summary>A gate's reading.</summary>
    /// <param name="query">The digest of what was asked.</param>
    /// <param name="sample">The digest of what was answered.</param>
    public static string Reading(string query, string sample) => $"readings/{query}/{sample}.reading";

    /// <summary>Whether a pack may hold a file of this name, beside the manifest and its two companions.</summary>
    /// <param name="path">The name.</param>
    /// <param name="format">The pack's format.</param>
    public static bool IsKnown(string path, int format = ManifestText.Format) =>
        path == Summary || Tables.Contains(path, StringComparer.Ordinal) || Named().IsMatch(path)
        || (format >= ManifestText.WithGates && OfGates().IsMatch(path));

    /// <summary>Whether a text is a digest: 64 lower-case hexadecimal digits.</summary>
    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The digest that a file of a folder is named by.</summary>
    /// <param name="path">A known path.</param>
    public static string DigestOf(string path) => path.Split('/')[1][..64];

    /// <summary>The files of a folder, in ordinal order.</summary>
    /// <param name="paths">Known paths.</param>
    /// <param name="folder">Without slash.</param>
    public static ImmutableArray<string> In(IEnumerable<string> paths, string folder) =>
        [.. paths.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [GeneratedRegex(
        @"\A(plans/[0-9a-f]{64}(\.masked)?\.yaml|signers/[0-9a-f]{64}|journal/[0-9]{6}\.jsonl|(change-sets|revealed)/[0-9a-f]{64}\.jsonl|approvals/[0-9a-f]{64}/[a-z0-9]{1,64}\.(json|sig))\z",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(
        @"\A(attestations/[0-9a-f]{64}/[a-z0-9]{1,64}\.attestation(\.sig)?|readings/[0-9a-f]{64}/[0-9a-f]{64}\.reading)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfGates();
}
