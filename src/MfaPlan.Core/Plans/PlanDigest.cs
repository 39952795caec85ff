using System.Security.Cryptography;

namespace MfaPlan.Core.Plans;

/// <summary>The digest of a plan's text: what a change set was made from.</summary>
public static class PlanDigest
{
    /// <summary>SHA-256 (hex) of the bytes without a byte order mark and with line feeds alone, so that a checkout on Windows gives the same.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\ufeff"u8))
        {
            bytes = bytes[3..];
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (bytes.IndexOf("\r\n"u8) is >= 0 and var at)
        {
            hash.AppendData(bytes[..at]);
            hash.AppendData("\n"u8);
            bytes = bytes[(at + 2)..];
        }

        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
