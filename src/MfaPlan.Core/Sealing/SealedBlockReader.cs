using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MfaPlan.Core.Sealing;

/// <summary>Opens what <see cref="SealedBlockWriter"/> sealed, block by block.</summary>
public static class SealedBlockReader
{
    /// <summary>
    /// The lines, without line ends. A block's lines come once the block is verified, but only the end of the
    /// enumeration shows that none is missing: until then nothing may be concluded. A line's bytes are valid until the
    /// next is asked for.
    /// </summary>
    /// <param name="source">The file, read forward; stays open.</param>
    /// <param name="keyFor">The key of an id; null when it is not at hand.</param>
    /// <param name="kind">What must have been sealed.</param>
    /// <exception cref="SealBrokenException">The file is not what was written, its key is not at hand, or a newer
    /// program wrote it.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(Stream source, Func<string, SealKey?> keyFor, string kind = "mfachanges") =>
        Read(source, keyFor, kind, endMayBeMissing: false);

    /// <summary>
    /// The lines of the blocks that are whole, up to the first that is not: for a file whose writer may have been killed. Every line was
    /// written as it is; how many are missing cannot be told.
    /// </summary>
    /// <param name="source">The file, read forward; stays open.</param>
    /// <param name="keyFor">The key of an id; null when it is not at hand, and then there are no lines.</param>
    /// <param name="kind">What must have been sealed.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> ReadWhatIsWhole(Stream source, Func<string, SealKey?> keyFor, string kind)
    {
        using var lines = Read(source, keyFor, kind, endMayBeMissing: true).GetEnumerator();
        while (true)
        {
            try
            {
                if (!lines.MoveNext())
                {
                    break;
                }
            }
            catch (SealBrokenException)
            {
                break;
            }

            yield return lines.Current;
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Read(
        Stream source, Func<string, SealKey?> keyFor, string kind, bool endMayBeMissing)
    {
        var line = ReadHeader(source);
        var header = SealHeader.Read(line);
        if (header.Kind != kind)
        {
            throw new SealBrokenException($"The sealed file is of another kind than {kind}.");
        }

        var key = keyFor(header.Key) ?? throw new SealBrokenException(
            SealFlaw.UnknownKey, $"The file is sealed under key {header.Key}, which this state does not have.");
        using var cipher = key.ForFile(header.Salt);
        var headerHash = SHA256.HashData(line);
        var text = new ArrayBufferWriter<byte>(SealedBlock.UsualText);
        var block = ReadPrefix(source, endMayBeMissing) ?? throw new SealBrokenException();
        for (var number = 0L; ; number++)
        {
            var sealedBytes = ReadExactly(source, SealedBlock.NonceLength + block + SealedBlock.TagLength);
            var next = ReadPrefix(source, endMayBeMissing);
            var packed = endMayBeMissing && next is null
                ? OpenLast(cipher, sealedBytes, headerHash, number)
                : Open(cipher, sealedBytes, headerHash, number, last: next is null);
            Decompress(packed, text);
            foreach (var part in Lines(text.WrittenMemory))
            {
                yield return part;
            }

            if (next is null)
            {
                yield break;
            }

            block = next.Value;
        }
    }

    private static byte[] ReadHeader(Stream source)
    {
        var line = new ArrayBufferWriter<byte>(SealHeader.LongestLine);
        while (line.WrittenCount < SealHeader.LongestLine)
        {
            var next = source.ReadByte();
            if (next < 0)
            {
                break;
            }

            line.Write([(byte)next]);
            if (next == '\n')
            {
                return line.WrittenSpan.ToArray();
            }
        }

        throw new SealBrokenException("The sealed file does not begin as one.");
    }

    /// <summary>The last block that is there: the end, or one that others were to follow.</summary>
    private static byte[] OpenLast(AesGcm cipher, ReadOnlySpan<byte> block, ReadOnlySpan<byte> headerHash, long number)
    {
        try
        {
            return Open(cipher, block, headerHash, number, last: true);
        }
        catch (SealBrokenException)
        {
            return Open(cipher, block, headerHash, number, last: false);
        }
    }

    private static int? ReadPrefix(Stream source, bool mayBeCut)
    {
        Span<byte> prefix = stackalloc byte[SealedBlock.PrefixLength];
        var read = source.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        return read == 0 || (mayBeCut && read < prefix.Length) ? null
            : read == prefix.Length && length is > 0 and <= SealedBlock.LongestCipher ? (int)length
            : throw new SealBrokenException();
    }

    private static byte[] ReadExactly(Stream source, int length)
    {
        var bytes = new byte[length];
        return source.ReadAtLeast(bytes, length, throwOnEndOfStream: false) == length ? bytes : throw new SealBrokenException();
    }

    private static byte[] Open(AesGcm cipher, ReadOnlySpan<byte> block, ReadOnlySpan<byte> headerHash, long number, bool last)
    {
        Span<byte> nonce = stackalloc byte[SealedBlock.NonceLength];
        Span<byte> context = stackalloc byte[SealedBlock.ContextLength];
        SealedBlock.WriteNonce(number, nonce);
        SealedBlock.WriteContext(headerHash, number, last, context);
        if (!block.StartsWith(nonce))
        {
            throw new SealBrokenException();
        }

        var packed = new byte[block.Length - SealedBlock.NonceLength - SealedBlock.TagLength];
        try
        {
            cipher.Decrypt(nonce, block[SealedBlock.NonceLength..^SealedBlock.TagLength], block[^SealedBlock.TagLength..], packed, context);
            return packed;
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new SealBrokenException("A block of the sealed file is not what was written.", exception);
        }
    }

    private static void Decompress(ReadOnlySpan<byte> packed, ArrayBufferWriter<byte> text)
    {
        text.ResetWrittenCount();
        using var decoder = new BrotliDecoder();
        while (true)
        {
            var status = decoder.Decompress(packed, text.GetSpan(), out var consumed, out var written);
            text.Advance(written);
            packed = packed[consumed..];
            if (status == OperationStatus.Done && packed.IsEmpty && text.WrittenCount <= SealedBlock.LongestText)
            {
                return;
            }

            if (status != OperationStatus.DestinationTooSmall || text.WrittenCount > SealedBlock.LongestText)
            {
                throw new SealBrokenException("A block of the sealed file holds more than a block may, or no text.");
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.Span.IndexOf((byte)'\n');
            if (end < 0)
            {
                throw new SealBrokenException();
            }

            yield return text[..end];
            text = text[(end + 1)..];
        }
    }
}
