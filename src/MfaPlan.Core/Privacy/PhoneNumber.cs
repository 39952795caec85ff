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
    private readonly string _text;
    private readonly string _key;

    /// <summary>Takes a number as it was read from the tenant, or as a rule made it.</summary>
    /// <param name="text">The text in Graph's form; other forms are kept as they are and compared by their digits.</param>
    public PhoneNumber(string text)
    {
        _text = text;
        _key = KeyOf(text);
    }

    /// <summary>Makes a number from its parts, all digits only.</summary>
    /// <param name="countryCode">One to three digits.</param>
    /// <param name="number">The national significant number.</param>
    /// <param name="extension">The extension, or null.</param>
    public static PhoneNumber From(string countryCode, string number, string? extension = null) =>
        new(extension is null ? $"+{countryCode} {number}" : $"+{countryCode} {number}x{extension}");

    /// <summary>Whether an extension follows the number.</summary>
    public bool HasExtension => _key.Contains('x', StringComparison.Ordinal);

    /// <summary>The number in clear, for a request or for a person who asked.</summary>
    public string Reveal() => _text;

    /// <summary>The masked number.</summary>
    public override string ToString() => Mask.Phone(_text);

    /// <inheritdoc/>
    public bool Equals(PhoneNumber? other) => other is not null && string.Equals(_key, other._key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PhoneNumber);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_key, StringComparison.Ordinal);

    private static string KeyOf(string text)
    {
        var plain = true;
        foreach (var c in text)
        {
            plain &= char.IsAsciiDigit(c) || c is '+' or 'x';
        }

        return plain ? text : string.Concat(text.Where(static c => char.IsAsciiDigit(c) || c is '+' or 'x' or 'X')).Replace('X', 'x');
    }
}
