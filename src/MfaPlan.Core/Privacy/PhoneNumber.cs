using System.Diagnostics;

namespace MfaPlan.Core.Privacy;

/// <summary>
/// A phone number as the authentication methods service writes it: <c>+{country code} {number}</c>, optionally
/// <c>x{extension}</c>. Shows itself masked. Equal when the digits are equal; separators are no data.
/// </summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/phoneauthenticationmethod"/>
[DebuggerDisplay("{ToString()}")]
public sealed class PhoneNumber : IEquatable<PhoneNumber>
{
    private const char End = '\0';
    private readonly string _text;

    /// <summary>Takes a number as it was read from the tenant, or as a rule made it.</summary>
    /// <param name="text">The text in Graph's form; other forms are kept as they are and compared by their digits.</param>
    public PhoneNumber(string text) => _text = text;

    /// <summary>Makes a number from its parts, all digits only.</summary>
    /// <param name="countryCode">One to three digits.</param>
    /// <param name="number">The national significant number.</param>
    /// <param name="extension">The extension, or null.</param>
    public static PhoneNumber From(string countryCode, string number, string? extension = null) =>
        new(extension is null ? $"+{countryCode} {number}" : $"+{countryCode} {number}x{extension}");

    /// <summary>Whether an extension follows the number.</summary>
    public bool HasExtension => _text.Contains('x', StringComparison.OrdinalIgnoreCase);

    /// <summary>The number in clear, for a request or for a person who asked.</summary>
    public string Reveal() => _text;

    /// <summary>What two equal numbers have in common: digits, plus and the mark of an extension.</summary>
    public string Canonical()
    {
        Span<char> digits = _text.Length <= 64 ? stackalloc char[64] : new char[_text.Length];
        var used = 0;
        var at = 0;
        for (var next = Next(_text, ref at); next != End; next = Next(_text, ref at))
        {
            digits[used++] = next;
        }

        return digits[..used].ToString();
    }

    /// <summary>The masked number.</summary>
    public override string ToString() => Mask.Phone(_text);

    /// <inheritdoc/>
    public bool Equals(PhoneNumber? other)
    {
        if (other is null)
        {
            return false;
        }

        var here = 0;
        var there = 0;
        while (true)
        {
            var one = Next(_text, ref here);
            if (one != Next(other._text, ref there))
            {
                return false;
            }

            if (one == End)
            {
                return true;
            }
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PhoneNumber);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        var at = 0;
        for (var next = Next(_text, ref at); next != End; next = Next(_text, ref at))
        {
            hash.Add(next);
        }

        return hash.ToHashCode();
    }

    /// <summary>The next character that counts, the mark of an extension in lower case.</summary>
    private static char Next(string text, ref int at)
    {
        while (at < text.Length)
        {
            var next = text[at++];
            if (char.IsAsciiDigit(next) || next is '+' or 'x' or 'X')
            {
                return next == 'X' ? 'x' : next;
            }
        }

        return End;
    }
}
