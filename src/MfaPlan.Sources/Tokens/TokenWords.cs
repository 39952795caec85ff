using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Sources.Tokens;

/// <summary>Words that many token files have in common.</summary>
internal static class TokenWords
{
    /// <summary>What RFC 6238, RFC 6030 and the otpauth form take when nothing is said.</summary>
    public const int DefaultInterval = 30;

    /// <inheritdoc cref="DefaultInterval"/>
    public const int DefaultDigits = 6;

    /// <summary>Understands the name of a hash function in any spelling; SHA-1 when nothing is said.</summary>
    public static TokenAlgorithm Algorithm(string? text)
    {
        var word = string.Concat((text ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return word.Length == 0 ? TokenAlgorithm.Sha1
            : word.EndsWith("SHA1", StringComparison.Ordinal) ? TokenAlgorithm.Sha1
            : word.EndsWith("SHA256", StringComparison.Ordinal) ? TokenAlgorithm.Sha256
            : word.EndsWith("SHA512", StringComparison.Ordinal) ? TokenAlgorithm.Sha512
            : word.EndsWith("MD5", StringComparison.Ordinal) ? TokenAlgorithm.Md5
            : TokenAlgorithm.Unknown;
    }

    /// <summary>Reads a positive number of at most nine digits; the default when nothing is said.</summary>
    public static bool TryNumber(string? text, int otherwise, out int number)
    {
        number = otherwise;
        return string.IsNullOrWhiteSpace(text)
            || (int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number)
                && number > 0);
    }

    /// <summary>The text without spaces around it; null when nothing is left.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A name, unless there is none.</summary>
    public static PersonalName? Owner(string? text) => OrNull(text) is { } name ? new PersonalName(name) : null;

    /// <summary>Reads a seed in the encoding of its file.</summary>
    public static bool TrySeed(string text, SeedEncoding encoding, [NotNullWhen(true)] out Secret? secret) =>
        encoding == SeedEncoding.Hex
            ? Base32.TryReadHex(text.AsSpan().Trim(), out secret)
            : Base32.TryRead(text.AsSpan().Trim(), out secret);

    /// <summary>The name of an encoding, for a message.</summary>
    public static string Name(SeedEncoding encoding) =>
        encoding == SeedEncoding.Hex ? "hexadecimal" : "Base32 (letters A to Z and digits 2 to 7)";
}
