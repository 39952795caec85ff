using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MfaPlan.Core.Sealing;

namespace MfaPlan.Core.Changes;

/// <summary>
/// How personal values stand in a line: in clear, for the sealed file, or as HMAC-SHA-256(key, unit | field | value), for the canonical form
/// whose hash is the digest. The same value in another unit or field has another code.
/// </summary>
/// <param name="key">The value key; null writes values in clear.</param>
public sealed class PersonalValues(ValueKey? key)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    /// <summary>Writes a personal value as a JSON property.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="property">The property's name.</param>
    /// <param name="scope">The unit's id, or the line's own name.</param>
    /// <param name="field">The field within the unit.</param>
    /// <param name="value">The value in clear.</param>
    public void Write(Utf8JsonWriter writer, string property, string scope, string field, string value)
    {
        if (key is null)
        {
            writer.WriteString(property, value);
            return;
        }

        _buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(scope, _buffer);
        _buffer.Write("|"u8);
        Encoding.UTF8.GetBytes(field, _buffer);
        _buffer.Write("|"u8);
        Encoding.UTF8.GetBytes(value, _buffer);
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Hash(_buffer.WrittenSpan, code);
        Span<char> hex = stackalloc char[code.Length * 2];
        Convert.TryToHexStringLower(code, hex, out _);
        writer.WriteString(property, hex);
    }
}
