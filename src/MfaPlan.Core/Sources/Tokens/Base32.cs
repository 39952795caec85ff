using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Sources.Tokens;

/// <summary>
/// Seeds as text. Canonical is RFC 4648 Base32 in upper case, without padding, spaces or spare bits: one seed, one
/// text.
/// </summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>
    /// Takes Base32 as people and products write it: any case, grouped by spaces or hyphens, padded or not.
    /// </summary>
    /// <param name="text">The text of a file.</param>
    /// <param name="secret">The seed in canonical form.</param>
    /// <returns>False when the text is empty or no Base32.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, [NotNullWhen(true)] out Secret? secret)
    {
        secret = null;
        var bytes = new byte[text.Length * 5 / 8];
        try
        {
            if (!TryDecode(text, bytes, out var count) || count == 0)
            {
                return false;
            }

            secret = Write(bytes.AsSpan(0, count));
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Takes hexadecimal digits, two a byte, grouped by spaces or hyphens.</summary>
    /// <param name="text">The text of a file.</param>
    /// <param name="secret">The seed in canonical form.</param>
    /// <returns>False when the text is empty or not hexadecimal.</returns>
    public static bool TryReadHex(ReadOnlySpan<char> text, [NotNullWhen(true)] out Secret? secret)
    {
        secret = null;
        var digits = string.Concat(text.ToString().Where(static c => c is not (' ' or '-')));
        if (digits.Length == 0 || digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        secret = Write(Convert.FromHexString(digits));
        return true;
    }

    /// <summary>Makes the canonical form of a seed.</summary>
    /// <param name="bytes">The raw seed; the caller wipes it.</param>
    public static Secret Write(ReadOnlySpan<byte> bytes)
    {
        var chars = new char[((bytes.Length * 8) + 4) / 5];
        int buffer = 0, bits = 0, at = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                chars[at++] = Alphabet[(buffer >> bits) & 31];
            }

            buffer &= (1 << bits) - 1;
        }

        if (bits > 0)
        {
            chars[at] = Alphabet[(buffer << (5 - bits)) & 31];
        }

        return new Secret(new string(chars));
    }

    /// <summary>The raw bytes of a seed; the caller wipes them.</summary>
    /// <param name="secret">A seed in canonical form.</param>
    /// <exception cref="FormatException">The secret is no seed.</exception>
    public static byte[] BytesOf(Secret secret) => secret.Reveal(static text =>
    {
        var bytes = new byte[text.Length * 5 / 8];
        return TryDecode(text, bytes, out var count) && count == bytes.Length
            ? bytes
            : throw new FormatException("The secret is not canonical Base32.");
    });

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> into, out int count)
    {
        count = 0;
        int buffer = 0, bits = 0, digits = 0;
        var padded = false;
        foreach (var c in text)
        {
            if (c is ' ' or '-' or '\t')
            {
                continue;
            }

            if (c == '=')
            {
                padded = true;
                continue;
            }

            var value = c switch
            {
                >= 'A' and <= 'Z' => c - 'A',
                >= 'a' and <= 'z' => c - 'a',
                >= '2' and <= '7' => c - '2' + 26,
                _ => -1,
            };
            if (value < 0 || padded)
            {
                return false;
            }

            digits++;
            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                into[count++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        // Of eight digits a group can end after 2, 4, 5 or 7; other ends lost a digit.
        return digits % 8 is 0 or 2 or 4 or 5 or 7;
    }
}
