using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Engine.Evidence;

namespace MfaPlan.Cli.Rendering;

/// <summary>What <c>evidence --json</c> and <c>evidence verify --json</c> print.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EvidenceDocument))]
internal sealed partial class EvidenceJson : JsonSerializerContext
{
    /// <summary>The document.</summary>
    public static string Document(EvidenceReport report) => JsonSerializer.Serialize(
        new EvidenceDocument(
            1, EvidenceLines.WordOf(report), report.Digest,
            report.Manifest?.Plan, report.Manifest?.Tenant, report.Manifest?.Written.UtcDateTime, report.Manifest?.Program.Version, report.Manifest?.Program.Rules,
            report.Manifest?.Files.Length, report.Contents?.Journal.Lines, report.Contents?.Journal.Hash, report.Contents?.ChangeSets.Length,
            report.Contents?.Runs.Length, report.Approved, report.Contents?.Writes, report.Contents?.Gates.Length,
            report.Contents?.Gates.Count(static gate => gate.Reading is not null), report.Contents?.Journal.OpenRun,
            report.Signers, report.Signers.IsEmpty ? null : report.OwnList, report.Compared,
            [.. report.Notes.Select(static note => new EvidenceNoteDocument(note.Descriptor.Code, note.IsFlaw, note.Place, note.Reason))]),
        new EvidenceJson(new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).EvidenceDocument);
}

/// <summary>What a check of a pack came to.</summary>
/// <param name="Format">The format's version.</param>
/// <param name="Result">whole, broken or incomplete.</param>
/// <param name="Digest">The pack digest.</param>
/// <param name="Plan">metadata.name of the plan; null, as what follows, where there is no manifest that can be read.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="Written">When the pack was written, by its writer's clock.</param>
/// <param name="Version">The version that wrote it.</param>
/// <param name="Rules">The version of its rules.</param>
/// <param name="Files">Files that the manifest names.</param>
/// <param name="JournalLines">Lines of the journal.</param>
/// <param name="JournalHash">The hash of the last.</param>
/// <param name="ChangeSets">Change sets that hold.</param>
/// <param name="Runs">Runs.</param>
/// <param name="ApprovedRuns">Runs that were approved as their plan demands.</param>
/// <param name="Writes">Changes that were settled or begun.</param>
/// <param name="Gates">Judgements of gates.</param>
/// <param name="JudgedAgain">Those of them whose reading is in the pack and gives their digests and results again.</param>
/// <param name="OpenRun">The run that was open when the journal was copied; null where none was.</param>
/// <param name="Signers">As whom the pack's signature holds; none where there is no signature or it does not hold.</param>
/// <param name="OwnList">Whether who may sign was taken from the pack's own list; null where there are no signers.</param>
/// <param name="Compared">Whether the pack's journal is how the state's begins; false where no state was given.</param>
/// <param name="Notes">Flaws, and what could not be checked.</param>
internal sealed record EvidenceDocument(
    int Format, string Result, string? Digest, string? Plan, Guid? Tenant, DateTime? Written, string? Version, int? Rules, int? Files, long? JournalLines,
    string? JournalHash, int? ChangeSets, int? Runs, int ApprovedRuns, long? Writes, int? Gates, int? JudgedAgain, string? OpenRun,
    IReadOnlyList<string> Signers, bool? OwnList, bool Compared,
    IReadOnlyList<EvidenceNoteDocument> Notes);

/// <summary>A flaw, or what could not be checked.</summary>
internal sealed record EvidenceNoteDocument(string Code, bool Flaw, string Place, string Reason);
