using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace MfaPlan.State.Blobs;

/// <summary>
/// A note that is being written: what is flushed is appended. The lease that keeps others out is renewed with what is appended. Where the
/// storage fails, the note ends there, and nobody is told: it is a help and no record.
/// </summary>
internal sealed class SpoolStream : Stream
{
    /// <summary>How long nobody else may open the note after the last flush.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private const int MostInAppend = 4 * 1024 * 1024;

    private readonly AppendBlobClient _blob;
    private readonly BlobLeaseClient _lease;
    private readonly MemoryStream _waiting = new();
    private long _position;
    private bool _over;

    /// <summary>Begins a note.</summary>
    /// <param name="blob">The new, empty blob.</param>
    /// <param name="lease">The lease on it.</param>
    public SpoolStream(AppendBlobClient blob, BlobLeaseClient lease)
    {
        _blob = blob;
        _lease = lease;
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);

    /// <inheritdoc/>
    public override void Flush()
    {
        var bytes = _waiting.GetBuffer().AsMemory(0, (int)_waiting.Length);
        _waiting.SetLength(0);
        while (!_over && !bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, MostInAppend)];
            Append(part);
            bytes = bytes[part.Length..];
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _waiting.CanWrite)
        {
            Flush();
            Try(() => _lease.Release());
            _waiting.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Append(ReadOnlyMemory<byte> part) => Try(() =>
    {
        _lease.Renew();
        using var content = BinaryData.FromBytes(part).ToStream();
        var conditions = new AppendBlobRequestConditions { LeaseId = _lease.LeaseId, IfAppendPositionEqual = _position };
        _blob.AppendBlock(content, new AppendBlobAppendBlockOptions { Conditions = conditions });
        _position += part.Length;
    });

    private void Try(Action what)
    {
        try
        {
            what();
        }
        catch (Exception failure) when (BlobFaults.IsFault(failure))
        {
            _over = true;
        }
    }
}
