using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaPlan.Core.Approvals;

/// <summary>
/// Documents that are signed: one line of JSON. There is one way to write given terms, and nothing else is read, so that a document cannot be changed without its
/// meaning or its signature being lost.
/// </summary>
internal static class SignedLine
{
    private const int LongestSigner = 256;
    private const int DigestLength = 64;
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object and ends its line.</summary>
    /// <param name="members">Writes its members.</param>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="document">The bytes.</param>
    /// <param name="kind">What it should be, with its article.</param>
    /// <param name="kinds">What they are called of whose form it should be.</param>
    /// <param name="maxBytes">The most bytes.</param>
    /// <param name="format">The newest format.</param>
    /// <param name="read">Makes the terms.</param>
    /// <param name="write">Writes them again.</param>
    /// <exception cref="FormatException">It is none, or not written so; the message says why.</exception>
    public static T Read<T>(
        ReadOnlySpan<byte> document, string kind, string kinds, int maxBytes, int format, Func<JsonElement, T> read, Func<T, byte[]> write)
    {
        if (document.Length > maxBytes)
        {
            throw new FormatException($"it is too long for {kind}");
        }

        T terms;
        try
        {
            var reader = new Utf8JsonReader(document);
            using var json = JsonDocument.ParseValue(ref reader);
            CheckFormat(json.RootElement, format);
            terms = read(json.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"it is not the JSON of {kind}", error);
        }

        return document.SequenceEqual(write(terms)) ? terms : throw new FormatException($"it is not written as {kinds} are");
    }

    /// <summary>An instant in whole seconds.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <summary>Reads an instant.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTimeOffset Time(JsonElement json, string name, string what) => DateTimeOffset.TryParseExact(
        Text(json, name), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
        ? at
        : throw new FormatException($"its {what} is no time in UTC");

    /// <summary>Reads the tenant.</summary>
    /// <exception cref="FormatException">It is no id.</exception>
    public static Guid Tenant(JsonElement json) =>
        json.GetProperty("tenant").TryGetGuid(out var id) ? id : throw new FormatException("its tenant is no id");

    /// <summary>Reads who signed.</summary>
    /// <exception cref="FormatException">It is no name.</exception>
    public static string Signer(JsonElement json) =>
        Text(json, "signer") is var signer && IsSigner(signer) ? signer : throw new FormatException("its signer is no name");

    /// <summary>Whether a text can be a signer: a principal of allowed_signers has neither blanks nor commas nor patterns.</summary>
    public static bool IsSigner(string text) =>
        text.Length is > 0 and <= LongestSigner
        && text[0] != '-'
        && !text.Any(static character => char.IsWhiteSpace(character) || char.IsControl(character) || character is ',' or '*' or '?' or '!' or '"');

    /// <summary>Reads a SHA-256.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string Digest(JsonElement json, string name)
    {
        var text = Text(json, name);
        return text.Length == DigestLength && text.All(char.IsAsciiHexDigitLower) ? text : throw new FormatException($"its {name} is no digest");
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is missing.</exception>
    public static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"its {name} is missing");

    private static void CheckFormat(JsonElement json, int newest)
    {
        var format = json.GetProperty("format").TryGetInt32(out var number) ? number : 0;
        if (format != newest)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"its format is {format} and this version reads {newest}; a newer one needs a newer version"));
        }
    }
}
