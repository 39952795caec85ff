using System.Security.Cryptography;

namespace MfaPlan.Core.Sources.Tokens;

/// <summary>
/// Stands for a seed where the seed itself may not stand: the first 16 bytes of HMAC-SHA-256 over the raw seed, in
/// lower-case hex. Without the key it tells nothing, so a list of seeds cannot be tried against it.
/// </summary>
/// <param name="Hex">32 hexadecimal digits.</param>
public readonly record struct TokenFingerprint(string Hex)
{
    /// <summary>Makes the fingerprint of a token's seed.</summary>
    /// <param name="seed">The token.</param>
    /// <param name="key">The key of this tenant's state.</param>
    public static TokenFingerprint Of(TokenSeed seed, ReadOnlySpan<byte> key)
    {
        var bytes = Base32.BytesOf(seed.Secret);
        try
        {
            return new TokenFingerprint(Convert.ToHexStringLower(HMACSHA256.HashData(key, bytes).AsSpan(0, 16)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
