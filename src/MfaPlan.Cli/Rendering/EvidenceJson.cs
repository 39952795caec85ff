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
            1, EvidenceLines.WordOf(report), report.Digest, report.Manifest?.Journal.Lines, report.Contents?.Runs.Length, report.Contents?.Writes,
            report.Approved, report.Signers, report.Compared,
            [.. report.Notes.Select(static note => new EvidenceNoteDocument(note.Descriptor.Code, note.IsFlaw, note.Place, note.Reason))]),
        new EvidenceJson(new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).EvidenceDocument);
}

/// <summary>What a check of a pack came to.</summary>
/// <param name="Format">The format's version.</param>
/// <param name="Result">whole, broken or incomplete.</param>
/// <param name="Digest">The pack digest.</param>
/// <param name="JournalLines">Lines of the journal.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Writes">Changes that were settled or begun.</param>
/// <param name="ApprovedRuns">Runs that were approved as their plan demands.</param>
/// <param name="Signers">As whom the pack's signature holds.</param>
/// <param name="Compared">Whether the pack's journal is how the state's begins; false where no state was given.</param>
/// <param name="Notes">Flaws, and what could not be checked.</param>
internal sealed record EvidenceDocument(
    int Format, string Result, string? Digest, long? JournalLines, int? Runs, long? Writes, int ApprovedRuns, IReadOnlyList<string> Signers, bool Compared,
    IReadOnlyList<EvidenceNoteDocument> Notes);

/// <summary>A flaw, or what could not be checked.</summary>
internal sealed record EvidenceNoteDocument(string Code, bool Flaw, string Place, string Reason);
