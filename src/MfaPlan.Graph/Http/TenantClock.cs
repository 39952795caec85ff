namespace MfaPlan.Graph.Http;

/// <summary>The tenant's time, as far as its answers tell it; ours until the first one.</summary>
internal sealed class TenantClock(TimeProvider time)
{
    private long _offset;

    /// <summary>Now, to the second.</summary>
    public DateTimeOffset Now => time.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

    /// <summary>How far the tenant's clock is ahead of ours.</summary>
    public TimeSpan Skew => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>Takes the Date header of an answer.</summary>
    public void Note(DateTimeOffset? date)
    {
        if (date is { } known)
        {
            Interlocked.Exchange(ref _offset, (known - time.GetUtcNow()).Ticks);
        }
    }
}
