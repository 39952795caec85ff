namespace MfaPlan.Cli.Composition;

/// <summary>A clock that runs with another at a fixed distance: the sandbox's, which can be moved ahead.</summary>
/// <param name="inner">The clock that ticks.</param>
/// <param name="offset">How far ahead this one is.</param>
internal sealed class OffsetClock(TimeProvider inner, TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
