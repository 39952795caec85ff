using System.Security.Cryptography;
using System.Text.Json;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Locks;

/// <summary>
/// <c>lock.json</c>: the holder, and the SHA-256 of what stands before it, so that nobody is told the name of somebody who never held the lock. Without a
/// hash it is of the first format, which is read.
/// </summary>
internal static class LockHolderFile
{
    private const int HashDigits = 64;

    private static ReadOnlySpan<byte> Mark => ",\"hash\":\""u8;

    /// <summary>The file's bytes.</summary>
    public static byte[] ToBytes(LockHolder holder)
    {
        var open = JsonSerializer.SerializeToUtf8Bytes(holder, StateJson.Default.LockHolder).AsSpan()[..^1];
        return [.. open, .. Mark, .. HashOf(open), .. "\"}"u8];
    }

    /// <summary>Reads the file's bytes.</summary>
    /// <returns>The holder; null where the bytes are not those that were written.</returns>
    public static LockHolder? Read(ReadOnlySpan<byte> bytes)
    {
        var mark = bytes.LastIndexOf(Mark);
        if (mark >= 0 && !bytes[(mark + Mark.Length)..].SequenceEqual([.. HashOf(bytes[..mark]), .. "\"}"u8]))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(mark < 0 ? bytes : [.. bytes[..mark], (byte)'}'], StateJson.Default.LockHolder);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = new byte[HashDigits];
        Convert.TryToHexStringLower(SHA256.HashData(bytes), hash, out _);
        return hash;
    }
}
