using Azure.Storage.Blobs.Specialized;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Journals;

namespace MfaPlan.State.Blobs;

/// <summary>The journal of a session: its last segment is held before it is read, so that what was read is all there will be.</summary>
internal sealed class BlobJournal(BlobClients clients, BlobSegments segments, IFence fence, LeaseTimes times, TimeProvider time) : IAsyncDisposable
{
    private BlobSegment? _last;
    private int _number;

    /// <summary>The bytes of the last segment; 0 where there is none.</summary>
    public long Length => _last?.Length ?? 0;

    /// <summary>Holds the last segment, so that requests of an earlier writer that are still under way come too late.</summary>
    public async Task HoldLastAsync(CancellationToken cancellationToken)
    {
        var numbers = await Task.Run(segments.Numbers, cancellationToken);
        if (numbers is [.., var last])
        {
            _last = await HoldAsync(last);
            _number = last;
        }
    }

    /// <summary>Opens a segment at its end, or makes it.</summary>
    public async ValueTask<ISegmentFile> OpenAsync(int number)
    {
        if (number == _number && _last is { } held)
        {
            _last = null;
            return held;
        }

        await DisposeAsync();
        return await HoldAsync(number);
    }

    /// <summary>Gives back a segment that was never appended to.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_last is { } held)
        {
            _last = null;
            await held.DisposeAsync();
        }
    }

    private Task<BlobSegment> HoldAsync(int number) =>
        BlobSegment.HoldAsync(clients.Once.GetAppendBlobClient(BlobSegments.NameOf(number)), fence, times, time);
}
