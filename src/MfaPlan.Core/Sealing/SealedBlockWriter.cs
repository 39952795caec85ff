using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MfaPlan.Core.Sealing;

/// <summary>
/// Seals lines as a stream: compressed by Brotli in blocks, each block by AES-256-GCM. Nobody holds the whole.
/// </summary>
public sealed class SealedBlockWriter : IDisposable
{
    private const int Quality = 4;
    private const int Window = 20;

    [SuppressMessage("Usage", "CA2213", Justification = "The destination is the caller's, who commits it.")]
    private readonly Stream _destination;

    private readonly AesGcm _cipher;
    private readonly byte[] _headerHash;
    private byte[] _text = new byte[SealedBlock.UsualText];
    private byte[] _packed = [];
    private byte[] _block = [];
    private int _used;
    private long _number;
    private bool _complete;

    /// <summary>Writes the header.</summary>
    /// <param name="destination">Where to; stays open.</param>
    /// <param name="key">The key to seal under.</param>
    /// <param name="salt">32 random bytes, never used before.</param>
    /// <param name="kind">What is sealed, such as <c>mfachanges</c>; stands in clear.</param>
    public SealedBlockWriter(Stream destination, SealKey key, ReadOnlySpan<byte> salt, string kind)
    {
        if (salt.Length != SealHeader.SaltLength)
        {
            throw new ArgumentException("A salt has 32 bytes.", nameof(salt));
        }

        _destination = destination;
        _cipher = key.ForFile(salt);
        var header = new SealHeader(kind, key.Id, salt.ToArray()).ToLine();
        _headerHash = SHA256.HashData(header);
        destination.Write(header);
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">Without line end, and with none in it; up to 4 MiB.</param>
    public void Append(ReadOnlySpan<byte> line)
    {
        ObjectDisposedException.ThrowIf(_complete, this);
        if (line.Length >= SealedBlock.LongestText || line.Contains((byte)'\n'))
        {
            throw new ArgumentException("A line is shorter than 4 MiB and holds no line end.", nameof(line));
        }

        if (_used > 0 && _used + line.Length + 1 > SealedBlock.UsualText)
        {
            WriteBlock(last: false);
        }

        if (_text.Length < line.Length + 1)
        {
            _text = new byte[line.Length + 1];
        }

        line.CopyTo(_text.AsSpan(_used));
        _used += line.Length;
        _text[_used++] = (byte)'\n';
    }

    /// <summary>Ends the block under way, so that what was added so far can be read even if nothing follows. The destination is not flushed.</summary>
    public void EndBlock()
    {
        ObjectDisposedException.ThrowIf(_complete, this);
        if (_used > 0)
        {
            WriteBlock(last: false);
        }
    }

    /// <summary>
    /// Writes what is left and marks the end; without it the file reads as cut off. The destination is not flushed.
    /// </summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_complete, this);
        WriteBlock(last: true);
        _complete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _complete = true;
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_text);
        CryptographicOperations.ZeroMemory(_packed);
    }

    private void WriteBlock(bool last)
    {
        var most = BrotliEncoder.GetMaxCompressedLength(_used) + 1;
        if (_packed.Length < most)
        {
            _packed = new byte[most];
            _block = new byte[SealedBlock.PrefixLength + SealedBlock.NonceLength + most + SealedBlock.TagLength];
        }

        if (!BrotliEncoder.TryCompress(_text.AsSpan(0, _used), _packed, out var length, Quality, Window))
        {
            throw new InvalidOperationException("Brotli needs more room than it says.");
        }

        var nonce = _block.AsSpan(SealedBlock.PrefixLength, SealedBlock.NonceLength);
        var cipherText = _block.AsSpan(SealedBlock.PrefixLength + SealedBlock.NonceLength, length);
        var end = SealedBlock.PrefixLength + SealedBlock.NonceLength + length;
        Span<byte> context = stackalloc byte[SealedBlock.ContextLength];
        BinaryPrimitives.WriteUInt32LittleEndian(_block, (uint)length);
        SealedBlock.WriteNonce(_number, nonce);
        SealedBlock.WriteContext(_headerHash, _number, last, context);
        _cipher.Encrypt(nonce, _packed.AsSpan(0, length), cipherText, _block.AsSpan(end, SealedBlock.TagLength), context);
        _destination.Write(_block.AsSpan(0, end + SealedBlock.TagLength));
        _number++;
        _used = 0;
    }
}
