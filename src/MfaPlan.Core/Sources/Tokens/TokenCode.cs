using System.Security.Cryptography;
using OtpNet;

namespace MfaPlan.Core.Sources.Tokens;

/// <summary>The code that a time-based token shows.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6238"/>
public static class TokenCode
{
    /// <summary>Computes the code shown at an instant.</summary>
    /// <param name="seed">A time-based token with SHA-1, SHA-256 or SHA-512.</param>
    /// <param name="at">The instant; not before 1970.</param>
    /// <returns>
    /// As many digits as the token has. It is a secret while it is shown: for the one request that needs it.
    /// </returns>
    /// <exception cref="ArgumentException">The token has no such code.</exception>
    public static string At(TokenSeed seed, DateTimeOffset at)
    {
        if (seed.Kind != TokenKind.Totp || seed.IntervalSeconds < 1 || seed.Digits is < 1 or > 9)
        {
            throw new ArgumentException("Only a time-based token shows a code by the clock.", nameof(seed));
        }

        var mode = seed.Algorithm switch
        {
            TokenAlgorithm.Sha1 => OtpHashMode.Sha1,
            TokenAlgorithm.Sha256 => OtpHashMode.Sha256,
            TokenAlgorithm.Sha512 => OtpHashMode.Sha512,
            _ => throw new ArgumentException("The token's hash function is not known.", nameof(seed)),
        };
        var bytes = Base32.BytesOf(seed.Secret);
        try
        {
            return new Totp(bytes, seed.IntervalSeconds, mode, seed.Digits).ComputeTotp(at.UtcDateTime);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
