using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Locks;

namespace MfaPlan.State.Blobs;

/// <summary>
/// The lock of a state: a lease on <c>lock.json</c>, whose content says who has it. Given back, it is empty; a dead holder's name stays, and
/// its lease runs out.
/// </summary>
internal sealed class BlobLock : IAsyncDisposable
{
    private const string Name = "lock.json";

    private readonly BlobClient _blob;
    private readonly StateLease _lease;

    private BlobLock(BlobClient blob, StateLease lease, LockHolder? previous)
    {
        _blob = blob;
        _lease = lease;
        Previous = previous;
    }

    /// <summary>Whether it is still held.</summary>
    public IFence Fence => _lease;

    /// <summary>Who left the lock without giving it back.</summary>
    public LockHolder? Previous { get; }

    /// <summary>Takes the lock; waits for the lease of a dead holder to run out.</summary>
    /// <exception cref="StateLockedException">It is held.</exception>
    public static async Task<BlobLock> TakeAsync(
        BlobClients clients, LockHolder holder, LeaseTimes times, TimeProvider time, CancellationToken cancellationToken)
    {
        var blob = clients.Repeating.GetBlobClient(Name);
        await MakeAsync(blob, cancellationToken);
        var leased = clients.Once.GetBlobClient(Name);
        var since = time.GetTimestamp();
        while (true)
        {
            if (await TryTakeAsync(leased, times, time, cancellationToken) is { } lease)
            {
                return await NameAsync(blob, lease, holder, cancellationToken);
            }

            if (time.GetElapsedTime(since) >= times.Patience)
            {
                throw new StateLockedException(await ReadAsync(blob, cancellationToken));
            }

            await Task.Delay(times.Pause, time, cancellationToken);
        }
    }

    /// <summary>Who holds the lock; null when nobody does.</summary>
    public static async Task<LockHolder?> WhoAsync(BlobContainerClient container, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(Name);
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.LeaseStatus == LeaseStatus.Locked
                ? await ReadAsync(blob, cancellationToken) ?? Holders.Unknown
                : null;
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return null;
        }
    }

    /// <summary>Gives the lock back.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _lease.Check();
            await WriteAsync(_blob, BinaryData.Empty, _lease, CancellationToken.None);
        }
        catch (Exception failure) when (failure is LockLostException || BlobFaults.IsFault(failure))
        {
            // It is another's, or runs out.
        }

        await _lease.DisposeAsync();
    }

    private static async Task<StateLease?> TryTakeAsync(
        BlobClient blob, LeaseTimes times, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await StateLease.TryTakeAsync(blob, times, time, cancellationToken);
        }
        catch (Exception failure) when (BlobFaults.IsUnclear(failure) && !cancellationToken.IsCancellationRequested)
        {
            // If it was taken after all, it is nobody's and runs out.
            return null;
        }
    }

    private static async Task<BlobLock> NameAsync(BlobClient blob, StateLease lease, LockHolder holder, CancellationToken cancellationToken)
    {
        try
        {
            var previous = await ReadAsync(blob, cancellationToken);
            lease.Check();
            await WriteAsync(
                blob, BinaryData.FromBytes(LockHolderFile.ToBytes(holder)), lease, cancellationToken);
            return new BlobLock(blob, lease, previous);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    private static async Task MakeAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            await blob.UploadAsync(
                BinaryData.Empty, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            // It is there, leased or not.
        }
    }

    private static async Task WriteAsync(BlobClient blob, BinaryData content, StateLease lease, CancellationToken cancellationToken) =>
        await blob.UploadAsync(
            content, new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = lease.Id } }, cancellationToken);

    private static async Task<LockHolder?> ReadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var content = await blob.DownloadContentAsync(cancellationToken);
            return LockHolderFile.Read(content.Value.Content.ToMemory().Span);
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return null;
        }
    }
}
