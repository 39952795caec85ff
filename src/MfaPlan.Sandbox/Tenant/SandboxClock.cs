using System.Globalization;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>The tenant's own clock: the machine's, plus what it was advanced by.</summary>
internal sealed class SandboxClock(TimeProvider time, TimeSpan offset)
{
    private long _offset = offset.Ticks;

    /// <summary>The clock under it, for waits and throttling windows.</summary>
    public TimeProvider Time => time;

    public TimeSpan Offset => new(Interlocked.Read(ref _offset));

    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public void Set(TimeSpan to) => Interlocked.Exchange(ref _offset, to.Ticks);

    /// <summary>An instant in the way Graph writes it: UTC, whole seconds.</summary>
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
