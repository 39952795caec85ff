using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaPlan.Core.Sealing;

/// <summary>The first line of a sealed file, in clear: <c>{"format":1,"kind":"…","key":"…","salt":"…"}</c>.</summary>
/// <param name="Kind">What is sealed.</param>
/// <param name="Key">The id of the key it is sealed under.</param>
/// <param name="Salt">32 bytes; each file its own.</param>
internal sealed record SealHeader(string Kind, string Key, byte[] Salt)
{
    /// <summary>The newest format: what is written, and the newest that is read.</summary>
    public const int Format = 1;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltLength = 32;

    /// <summary>No header is longer.</summary>
    public const int LongestLine = 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line with its line end.</summary>
    public byte[] ToLine()
    {
        var buffer = new ArrayBufferWriter<byte>(LongestLine);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("format"u8, Format);
            json.WriteString("kind"u8, Kind);
            json.WriteString("key"u8, Key);
            json.WriteBase64String("salt"u8, Salt);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line. It must be, byte for byte, the one that would be written.</summary>
    /// <exception cref="SealBrokenException">It is not, or a newer program wrote it.</exception>
    public static SealHeader Read(ReadOnlySpan<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line.ToArray());
            var format = document.RootElement.GetProperty("format"u8).GetInt32();
            if (format > Format)
            {
                throw new SealBrokenException(SealFlaw.NewerFormat, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The sealed file has format {format}; this program reads up to {Format}. "
                    + $"Use a version of mfaplan that reads sealed format {format}."));
            }

            var header = new SealHeader(
                document.RootElement.GetProperty("kind"u8).GetString() ?? string.Empty,
                document.RootElement.GetProperty("key"u8).GetString() ?? string.Empty,
                document.RootElement.GetProperty("salt"u8).GetBytesFromBase64());
            return header.Salt.Length == SaltLength && header.ToLine().AsSpan().SequenceEqual(line)
                ? header
                : throw new SealBrokenException();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new SealBrokenException("The sealed file does not begin as one.", exception);
        }
    }
}
