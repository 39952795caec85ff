namespace MfaPlan.Sandbox.Limits;

/// <summary>A fixed window: so much may be used until it ends; the next begins with the first use after that.</summary>
internal sealed class RateWindow(double limit, TimeSpan length)
{
    private DateTimeOffset _end = DateTimeOffset.MinValue;
    private double _used;

    /// <summary>How full the window is; 1 is full.</summary>
    public double Share => _used / limit;

    /// <summary>Until when nothing more fits, or null when the cost fits.</summary>
    public DateTimeOffset? BlockedUntil(double cost, DateTimeOffset now)
    {
        if (now >= _end)
        {
            return null;
        }

        return _used + cost > limit && _used > 0 ? _end : null;
    }

    public void Use(double cost, DateTimeOffset now)
    {
        if (now >= _end)
        {
            _end = now + length;
            _used = 0;
        }

        _used += cost;
    }
}
