using System.Buffers;
using System.Security.Cryptography;

namespace MfaPlan.Core.Journals;

/// <summary>
/// The chain: SHA-256 over the previous hash as its 64 lower-case hexadecimal digits, then the line's bytes up to
/// <c>,"hash"</c>. So
/// <c>printf '%s%s' PREVIOUS BODY | sha256sum</c> checks a line by hand.
/// </summary>
internal static class LineHash
{
    /// <summary>Hexadecimal digits of a hash.</summary>
    public const int Length = 64;

    private const int StackLimit = 1024;

    /// <summary>What the bytes <c>,"hash":"…"}</c> take at the end of a line.</summary>
    public static int TailLength => Opening.Length + Length + Closing.Length;

    private static ReadOnlySpan<byte> Opening => ",\"hash\":\""u8;

    private static ReadOnlySpan<byte> Closing => "\"}"u8;

    /// <summary>The hash that a line claims; empty when the line does not end as a line does.</summary>
    public static ReadOnlySpan<byte> Claimed(ReadOnlySpan<byte> line)
    {
        if (line.Length < TailLength)
        {
            return default;
        }

        var tail = line[^TailLength..];
        return tail.StartsWith(Opening) && tail.EndsWith(Closing) ? tail.Slice(Opening.Length, Length) : default;
    }

    /// <summary>The hash of a line's body.</summary>
    /// <param name="previous">64 hexadecimal digits.</param>
    /// <param name="body">The line up to <c>,"hash"</c>.</param>
    /// <param name="hash">64 bytes for the digits.</param>
    public static void Of(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        var length = previous.Length + body.Length;
        var rented = length > StackLimit ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> both = rented ?? stackalloc byte[StackLimit];
        both = both[..length];
        previous.CopyTo(both);
        body.CopyTo(both[previous.Length..]);
        Span<byte> binary = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(both, binary);
        Convert.TryToHexStringLower(binary, hash, out _);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The end of a line with its hash.</summary>
    public static void WriteTail(ReadOnlySpan<byte> hash, Span<byte> destination)
    {
        Opening.CopyTo(destination);
        hash.CopyTo(destination[Opening.Length..]);
        Closing.CopyTo(destination[(Opening.Length + Length)..]);
    }
}
