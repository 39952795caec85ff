using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>Time-based one-time codes of six digits (RFC 6238), written here so that it agrees with no other by sharing
/// it.</summary>
internal static class Totp
{
    /// <summary>Whether a device shows the code at an instant, give or take the accepted steps.</summary>
    public static bool IsValid(HardwareDevice device, string code, DateTimeOffset now)
    {
        if (device.SecretKey is null || Base32.Decode(device.SecretKey) is not { } key)
        {
            return false;
        }

        var step = now.ToUnixTimeSeconds() / device.IntervalSeconds;
        for (var i = -OurChoices.AcceptedTotpSteps; i <= OurChoices.AcceptedTotpSteps; i++)
        {
            if (Code(key, step + i, device.HashFunction) == code)
            {
                return true;
            }
        }

        return false;
    }

    private static string Code(byte[] key, long step, string hashFunction)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // SHA-1 is what tokens of this kind compute
        var hash = hashFunction == "hmacsha256" ? HMACSHA256.HashData(key, counter) : HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xF;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset, 4)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
