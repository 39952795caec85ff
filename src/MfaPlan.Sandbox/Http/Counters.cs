namespace MfaPlan.Sandbox.Http;

/// <summary>Counts, added to from many requests at once.</summary>
internal sealed class Counters
{
    private long _requests;
    private long _writes;
    private long _throttled;
    private long _early;
    private long _serverErrors;
    private long _dropped;
    private long _batchParts;

    public SandboxCounters Now => new(
        Interlocked.Read(ref _requests),
        Interlocked.Read(ref _writes),
        Interlocked.Read(ref _throttled),
        Interlocked.Read(ref _early),
        Interlocked.Read(ref _serverErrors),
        Interlocked.Read(ref _dropped),
        Interlocked.Read(ref _batchParts));

    public void Request() => Interlocked.Increment(ref _requests);

    public void Write() => Interlocked.Increment(ref _writes);

    public void Throttled() => Interlocked.Increment(ref _throttled);

    public void Early() => Interlocked.Increment(ref _early);

    public void ServerError() => Interlocked.Increment(ref _serverErrors);

    public void Dropped() => Interlocked.Increment(ref _dropped);

    public void BatchPart() => Interlocked.Increment(ref _batchParts);
}
