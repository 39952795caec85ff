using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Journals;

namespace MfaPlan.State.Blobs;

/// <summary>
/// A segment in the storage, held by a lease without end. The lease keeps out the requests of an earlier writer that are still under way;
/// the position keeps an append from being done twice.
/// </summary>
internal sealed class BlobSegment : ISegmentFile
{
    private readonly AppendBlobClient _blob;
    private readonly BlobLeaseClient _lease;
    private readonly IFence _fence;
    private readonly LeaseTimes _times;
    private readonly TimeProvider _time;

    private BlobSegment(AppendBlobClient blob, BlobLeaseClient lease, IFence fence, LeaseTimes times, TimeProvider time, long length)
    {
        _blob = blob;
        _lease = lease;
        _fence = fence;
        _times = times;
        _time = time;
        Length = length;
    }

    /// <summary>The segment's bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Holds a segment; makes it where it is missing.</summary>
    /// <param name="blob">The segment; its client repeats nothing by itself.</param>
    /// <param name="fence">Asked before every request.</param>
    /// <param name="times">The pauses.</param>
    /// <param name="time">The clock.</param>
    public static async Task<BlobSegment> HoldAsync(AppendBlobClient blob, IFence fence, LeaseTimes times, TimeProvider time)
    {
        // One id for all tries: a taking whose answer was lost is taken again.
        var lease = blob.GetBlobLeaseClient();
        while (true)
        {
            fence.Check();
            try
            {
                await blob.CreateIfNotExistsAsync();
                fence.Check();
                await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);
                var properties = await blob.GetPropertiesAsync(new BlobRequestConditions { LeaseId = lease.LeaseId });
                return new BlobSegment(blob, lease, fence, times, time, properties.Value.ContentLength);
            }
            catch (Exception failure) when (BlobFaults.IsLeaseLost(failure))
            {
                // An earlier writer's, who did not give it back: whoever holds the state's own lease may.
                await BreakAsync(blob, fence);
            }
            catch (Exception failure) when (BlobFaults.IsUnclear(failure))
            {
                await Task.Delay(times.Pause, time);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        var conditions = new AppendBlobRequestConditions { LeaseId = _lease.LeaseId, IfAppendPositionEqual = Length };
        for (var pause = TimeSpan.Zero; ; pause = _times.Pause)
        {
            await Task.Delay(pause, _time);
            _fence.Check();
            try
            {
                await using var content = BinaryData.FromBytes(bytes).ToStream();
                await _blob.AppendBlockAsync(content, new AppendBlobAppendBlockOptions { Conditions = conditions });
                break;
            }
            catch (Exception failure) when (BlobFaults.IsLeaseLost(failure))
            {
                throw new LockLostException("Another session has taken the journal's lease, or somebody has broken it.", failure);
            }
            catch (Exception failure) when (BlobFaults.IsUnclear(failure))
            {
                if (await IsThereAsync(bytes))
                {
                    break;
                }
            }
        }

        Length += bytes.Length;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync() => ValueTask.CompletedTask; // an append that was answered is durable

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (Exception failure) when (BlobFaults.IsFault(failure))
        {
            // The next writer breaks it.
        }
    }

    private static async Task BreakAsync(AppendBlobClient blob, IFence fence)
    {
        fence.Check();
        try
        {
            await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        }
        catch (Exception failure) when (BlobFaults.IsUnclear(failure) || BlobFaults.IsLeaseLost(failure))
        {
            // The next try to take it tells.
        }
    }

    // After a request without a clear answer the blob itself is asked. Where it ends before the bytes, they may still be under way; they
    // are sent again under the same condition, of which only one can hold.
    private async Task<bool> IsThereAsync(ReadOnlyMemory<byte> bytes)
    {
        while (true)
        {
            _fence.Check();
            try
            {
                var length = (await _blob.GetPropertiesAsync()).Value.ContentLength;
                if (length == Length)
                {
                    return false;
                }

                if (length == Length + bytes.Length)
                {
                    var there = await _blob.DownloadContentAsync(
                        new BlobDownloadOptions { Range = new HttpRange(Length, bytes.Length) });
                    if (there.Value.Content.ToMemory().Span.SequenceEqual(bytes.Span))
                    {
                        return true;
                    }
                }

                throw new StateException(
                    StateDiagnostics.ForeignEnd,
                    $"Somebody else has written to the segment {_blob.Name}.",
                    "Find out who writes to the container besides mfaplan, then run the command again: it reads what is really there.");
            }
            catch (Exception failure) when (BlobFaults.IsUnclear(failure))
            {
                await Task.Delay(_times.Pause, _time);
            }
        }
    }
}
