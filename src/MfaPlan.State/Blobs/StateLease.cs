using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Blobs;

/// <summary>
/// The lease on <c>lock.json</c>: whoever has it is the state's writer. It is renewed from a loop of its own, and counts from the instant
/// in which the renewal was sent, so never longer here than there. Once over it is over, even if a later renewal would be taken: a process
/// that was stopped meanwhile cannot know who was there.
/// </summary>
internal sealed class StateLease : IFence, IAsyncDisposable
{
    private readonly BlobLeaseClient _client;
    private readonly LeaseTimes _times;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly Task _loop;
    private Instant _since;
    private string? _lost;

    private StateLease(BlobLeaseClient client, LeaseTimes times, TimeProvider time, Instant since)
    {
        _client = client;
        _times = times;
        _time = time;
        _since = since;
        _loop = Task.Run(RenewAsync);
    }

    /// <summary>The lease's id, for conditions.</summary>
    public string Id => _client.LeaseId;

    /// <summary>Takes the lease; null when another has it.</summary>
    /// <param name="blob">What is leased.</param>
    /// <param name="times">The times.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public static async Task<StateLease?> TryTakeAsync(
        BlobBaseClient blob, LeaseTimes times, TimeProvider time, CancellationToken cancellationToken)
    {
        var client = blob.GetBlobLeaseClient();
        var since = Now(time);
        try
        {
            await client.AcquireAsync(times.Duration, cancellationToken: cancellationToken);
            return new StateLease(client, times, time, since);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Check()
    {
        lock (_gate)
        {
            if (_lost is null && IsOver())
            {
                _lost = "The lease on the state could not be renewed in time.";
            }

            if (_lost is { } why)
            {
                throw new LockLostException(why);
            }
        }
    }

    /// <summary>Stops renewing and gives the lease back; where that fails, it runs out.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _loop;
        _closing.Dispose();
        try
        {
            Check();
            await _client.ReleaseAsync();
        }
        catch (Exception failure) when (failure is LockLostException || BlobFaults.IsFault(failure))
        {
            // It is lost, or will be soon.
        }
    }

    private static Instant Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    // Two clocks: the steady one stands still while the machine sleeps, and the other may be set back.
    private bool IsOver()
    {
        var longest = _times.Duration - _times.Margin;
        return _time.GetElapsedTime(_since.Steady) >= longest || _time.GetUtcNow() - _since.Utc >= longest;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever failed: if it lasts, the lease is over by the clock.")]
    private async Task RenewAsync()
    {
        var wait = _times.Renewal;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, _time, _closing.Token);
                Check();
                var since = Now(_time);
                await _client.RenewAsync(cancellationToken: _closing.Token);
                Renewed(since);
                wait = _times.Renewal;
            }
            catch (LockLostException)
            {
                return;
            }
            catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
            {
                Lose($"Another session has taken the lease on the state, or somebody has broken it ({failure.ErrorCode}).");
                return;
            }
            catch (Exception)
            {
                wait = _times.Renewal / 5;
            }
        }
    }

    private void Renewed(Instant since)
    {
        lock (_gate)
        {
            // An answer that comes too late does not bring back what Check has called lost, or would have.
            if (_lost is null && !IsOver())
            {
                _since = since;
            }
        }
    }

    private void Lose(string why)
    {
        lock (_gate)
        {
            _lost ??= why;
        }
    }

    private readonly record struct Instant(long Steady, DateTimeOffset Utc);
}
