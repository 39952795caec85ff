using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MfaPlan.Core.Sealing;

/// <summary>
/// The form of a block: length of the ciphertext (4 bytes, little-endian), nonce (12 bytes: the block's number from 0),
/// ciphertext, tag (16 bytes). What is authenticated with it: SHA-256 of the header line, the block's number, whether
/// it is the last. So blocks cannot be left out, put elsewhere, taken from another file or cut off at the end.
/// </summary>
internal static class SealedBlock
{
    /// <summary>Bytes before the nonce.</summary>
    public const int PrefixLength = sizeof(uint);

    /// <summary>Bytes of a nonce.</summary>
    public const int NonceLength = 12;

    /// <summary>Bytes of a tag.</summary>
    public const int TagLength = 16;

    /// <summary>Lines are gathered up to here.</summary>
    public const int UsualText = 256 * 1024;

    /// <summary>No line, and no block's text, is longer; what claims to be is broken.</summary>
    public const int LongestText = 4 * 1024 * 1024;

    /// <summary>No block's ciphertext is longer: what Brotli makes of text that it cannot compress.</summary>
    public const int LongestCipher = LongestText + (64 * 1024);

    /// <summary>Bytes that are authenticated with a block.</summary>
    public const int ContextLength = SHA256.HashSizeInBytes + sizeof(long) + 1;

    /// <summary>The nonce of a block.</summary>
    public static void WriteNonce(long number, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, number);
    }

    /// <summary>What is authenticated with a block.</summary>
    public static void WriteContext(ReadOnlySpan<byte> headerHash, long number, bool last, Span<byte> context)
    {
        headerHash.CopyTo(context);
        BinaryPrimitives.WriteInt64LittleEndian(context[headerHash.Length..], number);
        context[^1] = last ? (byte)1 : (byte)0;
    }
}
