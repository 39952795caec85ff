using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Sources.Tokens.Pskc;

/// <summary>The cryptography of RFC 6030: methods are named by URIs, of which the last part decides.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6030#section-6"/>
internal static class PskcCrypto
{
    private const int MaxIterations = 10_000_000;
    private const int MaxKeyBytes = 64;
    private const int MaxSaltBytes = 1024;

    /// <summary>The part of a method's URI that decides, in upper case.</summary>
    public static string NameOf(string? method) =>
        (method ?? "")[((method ?? "").LastIndexOfAny(['#', ':', '/']) + 1)..].Trim().ToUpperInvariant();

    /// <summary>Whether an authentication method is supported.</summary>
    public static bool IsMacSupported(string? method) => HashOf(method) is not null;

    /// <summary>Whether a method shows a wrong key by itself.</summary>
    public static bool IsAuthenticated(string? method) => NameOf(method).StartsWith("KW-AES", StringComparison.Ordinal);

    /// <summary>The bytes of Base64 text, spaces and line ends aside; null when it is none.</summary>
    public static byte[]? Base64(string? text)
    {
        var bytes = new byte[((text?.Length ?? 0) * 3 / 4) + 3];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var count) && count > 0
            ? bytes[..count]
            : null;
    }

    /// <summary>
    /// A pre-shared key as people write it: hexadecimal of a usual length, else Base64; null when it is neither.
    /// </summary>
    public static byte[]? PreSharedKey(Secret key) => key.Reveal(static text =>
    {
        var trimmed = text.Trim();
        return trimmed.Length is 32 or 48 or 64 && trimmed.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(trimmed)
            : Base64(trimmed);
    });

    /// <summary>
    /// The key that a password stands for (PBKDF2); null when the parameters are missing or out of bounds.
    /// </summary>
    /// <param name="password">The password.</param>
    /// <param name="parameters">The element <c>PBKDF2-params</c>.</param>
    public static byte[]? DerivedKey(Secret password, XmlPart? parameters)
    {
        var salt = Base64(parameters?.At("Salt", "Specified")?.Text);
        var prf = parameters?.At("PRF")?.Attribute("Algorithm");
        var hash = prf is null ? HashAlgorithmName.SHA1 : HashOf(prf);
        return salt is { Length: <= MaxSaltBytes } && hash is { } algorithm
            && Number(parameters?.At("IterationCount")?.Text) is { } iterations and > 0 and <= MaxIterations
            && Number(parameters?.At("KeyLength")?.Text ?? "16") is { } length and > 0 and <= MaxKeyBytes
                ? password.Reveal(text => Rfc2898DeriveBytes.Pbkdf2(
                    Encoding.UTF8.GetBytes(text), salt, iterations, algorithm, length))
                : null;
    }

    /// <summary>The authentication code over some bytes; null when the method is not supported.</summary>
    public static byte[]? Mac(string? method, byte[] key, byte[] data) => HashOf(method) switch
    {
        { } hash when hash == HashAlgorithmName.SHA256 => HMACSHA256.HashData(key, data),
        { } hash when hash == HashAlgorithmName.SHA512 => HMACSHA512.HashData(key, data),
#pragma warning disable CA5350 // RFC 6030 makes HMAC-SHA1 the method that everybody writes
        { } => HMACSHA1.HashData(key, data),
#pragma warning restore CA5350
        null => null,
    };

    /// <summary>Whether an encryption method is supported.</summary>
    public static bool IsSupported(string? method) =>
        NameOf(method) is "AES128-CBC" or "AES192-CBC" or "AES256-CBC" or "TRIPLEDES-CBC"
            or "KW-AES128" or "KW-AES192" or "KW-AES256";

    /// <summary>Decrypts a value; null when the key cannot be the right one.</summary>
    /// <param name="method">A supported method.</param>
    /// <param name="key">The key.</param>
    /// <param name="data">The initialization vector and what was encrypted.</param>
    public static byte[]? Decrypt(string? method, byte[] key, byte[] data) => NameOf(method) switch
    {
        "AES128-CBC" when key.Length == 16 => DecryptAes(key, data),
        "AES192-CBC" when key.Length == 24 => DecryptAes(key, data),
        "AES256-CBC" when key.Length == 32 => DecryptAes(key, data),
        "TRIPLEDES-CBC" when key.Length == 24 => DecryptTripleDes(key, data),
        "KW-AES128" when key.Length == 16 => Unwrap(key, data),
        "KW-AES192" when key.Length == 24 => Unwrap(key, data),
        "KW-AES256" when key.Length == 32 => Unwrap(key, data),
        _ => null,
    };

    private static byte[]? DecryptAes(byte[] key, byte[] data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return DecryptCbc(aes, data);
    }

#pragma warning disable CA5350 // vendors still send seeds in it; nothing is encrypted here
    private static byte[]? DecryptTripleDes(byte[] key, byte[] data)
    {
        if (TripleDES.IsWeakKey(key))
        {
            return null;
        }

        using var des = TripleDES.Create();
        des.Key = key;
        return DecryptCbc(des, data);
    }
#pragma warning restore CA5350

    private static byte[]? DecryptCbc(SymmetricAlgorithm cipher, byte[] data)
    {
        var block = cipher.BlockSize / 8;
        if (data.Length < 2 * block || data.Length % block != 0)
        {
            return null;
        }

        // XML encryption fills the padding with anything and only its last byte counts; PKCS#7 is a case of that.
        var padded = cipher.DecryptCbc(data.AsSpan(block), data.AsSpan(0, block), PaddingMode.None);
        var padding = padded[^1];
        var plain = padding > 0 && padding <= block && padding < padded.Length ? padded[..^padding] : null;
        CryptographicOperations.ZeroMemory(padded);
        return plain;
    }

    /// <summary>AES key unwrap.</summary>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc3394#section-2.2.2"/>
    private static byte[]? Unwrap(byte[] key, byte[] data)
    {
        var blocks = (data.Length / 8) - 1;
        if (data.Length % 8 != 0 || blocks < 2)
        {
            return null;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var register = BinaryPrimitives.ReadUInt64BigEndian(data);
        var plain = data[8..];
        Span<byte> block = stackalloc byte[16];
        for (var round = 5; round >= 0; round--)
        {
            for (var i = blocks; i >= 1; i--)
            {
                var part = plain.AsSpan((i - 1) * 8, 8);
                BinaryPrimitives.WriteUInt64BigEndian(block, register ^ (ulong)((blocks * round) + i));
                part.CopyTo(block[8..]);
#pragma warning disable CA5358 // key wrap is built from single blocks
                aes.DecryptEcb(block, block, PaddingMode.None);
#pragma warning restore CA5358
                register = BinaryPrimitives.ReadUInt64BigEndian(block);
                block[8..].CopyTo(part);
            }
        }

        return register == 0xA6A6A6A6A6A6A6A6 ? plain : null;
    }

    private static HashAlgorithmName? HashOf(string? method) => NameOf(method) switch
    {
        "HMAC-SHA1" => HashAlgorithmName.SHA1,
        "HMAC-SHA256" => HashAlgorithmName.SHA256,
        "HMAC-SHA512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
