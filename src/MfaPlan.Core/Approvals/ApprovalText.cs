using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaPlan.Core.Approvals;

/// <summary>
/// Approvals as the bytes that are signed: one line of JSON. There is one way to write given terms, and nothing else is read, so that a
/// document cannot be changed without its meaning or its signature being lost.
/// </summary>
public static class ApprovalText
{
    /// <summary>The newest version that is written and read.</summary>
    public const int Format = 1;

    /// <summary>The namespace of the signatures: one made for another purpose is no approval.</summary>
    public const string Namespace = "mfaplan-approval-v1";

    /// <summary>A document has no more bytes than that.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int LongestSigner = 256;
    private const int DigestLength = 64;
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of terms.</summary>
    public static byte[] Write(ApprovalTerms terms)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("approves", terms is ApprovalTerms.Standing ? "changeSetsToCome" : "changeSet");
            json.WriteString("tenant", terms.Tenant.ToString("D"));
            json.WriteString("plan", terms.PlanDigest);
            switch (terms)
            {
                case ApprovalTerms.ForChangeSet one:
                    json.WriteString("digest", one.Digest);
                    break;
                case ApprovalTerms.Standing standing:
                    json.WriteStartArray("kinds");
                    foreach (var kind in standing.Kinds)
                    {
                        json.WriteStringValue(kind);
                    }

                    json.WriteEndArray();
                    json.WriteNumber("usersPerDay", standing.UsersPerDay);
                    break;
            }

            json.WriteString("expires", terms.Expires.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture));
            json.WriteString("signer", terms.Signer);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>The terms of a document.</summary>
    /// <exception cref="FormatException">The bytes are no document, or not as <see cref="Write"/> writes it; the message says why.</exception>
    public static ApprovalTerms Read(ReadOnlySpan<byte> document)
    {
        if (document.Length > MaxBytes)
        {
            throw new FormatException("it is too long for an approval");
        }

        ApprovalTerms terms;
        try
        {
            var reader = new Utf8JsonReader(document);
            using var json = JsonDocument.ParseValue(ref reader);
            terms = Of(json.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("it is not the JSON of an approval", error);
        }

        return document.SequenceEqual(Write(terms)) ? terms : throw new FormatException("it is not written as approvals are");
    }

    private static ApprovalTerms Of(JsonElement json)
    {
        var format = json.GetProperty("format").TryGetInt32(out var number) ? number : 0;
        if (format != Format)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"its format is {format} and this version reads {Format}; a newer one needs a newer version"));
        }

        var tenant = json.GetProperty("tenant").TryGetGuid(out var id) ? id : throw new FormatException("its tenant is no id");
        var plan = Digest(json, "plan");
        var expires = DateTimeOffset.TryParseExact(
            Text(json, "expires"), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : throw new FormatException("its expiry is no time in UTC");
        var signer = Text(json, "signer");
        if (!IsSigner(signer))
        {
            throw new FormatException("its signer is no name");
        }

        return Text(json, "approves") switch
        {
            "changeSet" => new ApprovalTerms.ForChangeSet(tenant, plan, Digest(json, "digest"), expires, signer),
            "changeSetsToCome" => new ApprovalTerms.Standing(
                tenant, plan, [.. json.GetProperty("kinds").EnumerateArray().Select(static kind => kind.GetString() ?? "")],
                json.GetProperty("usersPerDay").TryGetInt32(out var users) && users > 0 ? users : throw new FormatException("its users per day are no number"),
                expires, signer),
            _ => throw new FormatException("it does not say what it approves"),
        };
    }

    /// <summary>Whether a text can be a signer: a principal of allowed_signers has neither blanks nor commas nor patterns.</summary>
    public static bool IsSigner(string text) =>
        text.Length is > 0 and <= LongestSigner
        && text[0] != '-'
        && !text.Any(static character => char.IsWhiteSpace(character) || char.IsControl(character) || character is ',' or '*' or '?' or '!' or '"');

    private static string Digest(JsonElement json, string name)
    {
        var text = Text(json, name);
        return text.Length == DigestLength && text.All(char.IsAsciiHexDigitLower) ? text : throw new FormatException($"its {name} is no digest");
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"its {name} is missing");
}
