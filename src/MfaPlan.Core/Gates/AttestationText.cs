using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Gates;

/// <summary>Attestations as the bytes that are signed: one line of JSON, of which there is one way to write it.</summary>
public static class AttestationText
{
    /// <summary>The newest version that is written and read.</summary>
    public const int Format = 1;

    /// <summary>The namespace of the signatures: an approval attests nothing, and an attestation approves nothing.</summary>
    public const string Namespace = "mfaplan-attestation-v1";

    /// <summary>A document has no more bytes than that.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>A note has no more characters than that.</summary>
    public const int LongestNote = 2000;

    /// <summary>The questions in order, each with its word.</summary>
    public static ImmutableArray<Attestation> Questions { get; } = [.. Enum.GetValues<Attestation>().Order()];

    /// <summary>The question that a word names; null where it names none.</summary>
    public static Attestation? QuestionOf(string word) =>
        Questions.Cast<Attestation?>().FirstOrDefault(question => GateJudge.WordOf(question!.Value).Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text can be a note: short, and without what would move a cursor.</summary>
    public static bool IsNote(string text) => text.Length <= LongestNote && !text.Any(char.IsControl) && !text.Any(char.IsSurrogate);

    /// <summary>The bytes of terms.</summary>
    public static byte[] Write(AttestationTerms terms) => SignedLine.Write(json =>
    {
        json.WriteNumber("format", Format);
        json.WriteString("attests", "wave");
        json.WriteString("tenant", terms.Tenant.ToString("D"));
        json.WriteString("plan", terms.PlanDigest);
        json.WriteString("wave", terms.Wave);
        json.WriteString("run", terms.Run);
        json.WriteString("digest", terms.Digest);
        json.WriteStartObject("answers");
        foreach (var (question, works) in terms.Answers)
        {
            json.WriteString(GateJudge.WordOf(question), works ? "yes" : "no");
        }

        json.WriteEndObject();
        json.WriteString("note", terms.Note);
        json.WriteString("at", SignedLine.Time(terms.At));
        json.WriteString("signer", terms.Signer);
    });

    /// <summary>The terms of a document.</summary>
    /// <exception cref="FormatException">The bytes are no document, or not as <see cref="Write"/> writes it; the message says why.</exception>
    public static AttestationTerms Read(ReadOnlySpan<byte> document) =>
        SignedLine.Read(document, "an attestation", "attestations", MaxBytes, Format, Of, Write);

    private static AttestationTerms Of(JsonElement json)
    {
        var answers = ImmutableSortedDictionary.CreateBuilder<Attestation, bool>();
        foreach (var answer in json.GetProperty("answers").EnumerateObject())
        {
            answers[QuestionOf(answer.Name) ?? throw new FormatException("it answers a question that there is not")] = answer.Value.GetString() switch
            {
                "yes" => true,
                "no" => false,
                _ => throw new FormatException("an answer is neither yes nor no"),
            };
        }

        var note = SignedLine.Text(json, "note");
        return SignedLine.Text(json, "attests") == "wave" && answers.Count > 0 && IsNote(note)
            ? new AttestationTerms(
                SignedLine.Tenant(json), SignedLine.Digest(json, "plan"), SignedLine.Text(json, "wave"), SignedLine.Text(json, "run"),
                SignedLine.Digest(json, "digest"), answers.ToImmutable(), note, SignedLine.Time(json, "at", "time"), SignedLine.Signer(json))
            : throw new FormatException("it does not say what it attests");
    }
}
