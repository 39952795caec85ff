namespace MfaPlan.Graph.Limiting;

/// <summary>A token bucket at a <see cref="Pace"/>, slower for a while after each refusal. Safe from several threads.</summary>
internal sealed class Pacer(Pace pace, TimeProvider time)
{
    // A refusal costs a tenth of the rate and a thousand accepted requests earn it back: where the true limit is lower than the one
    // we know (another app writes too), less than one request in a hundred is refused. Half the pace is the least, since refusals can
    // also come by chance; below that the service's own waits decide.
    private const double Slower = 0.9;
    private const double Faster = 0.0001;
    private const double Slowest = 0.5;

    private readonly Lock _lock = new();
    private double _tokens = pace.Burst;
    private double _share = 1;
    private long _at = time.GetTimestamp();

    /// <summary>Requests per second at present.</summary>
    public double PerSecond
    {
        get
        {
            lock (_lock)
            {
                return pace.PerSecond * _share;
            }
        }
    }

    /// <summary>How long until there is a token; zero when there is one.</summary>
    public TimeSpan UntilNext
    {
        get
        {
            lock (_lock)
            {
                Refill();
                return _tokens >= 1
                    ? TimeSpan.Zero
                    : TimeSpan.FromTicks(1 + (long)((1 - _tokens) / (pace.PerSecond * _share) * TimeSpan.TicksPerSecond));
            }
        }
    }

    /// <summary>Takes one request's token if there is one.</summary>
    /// <param name="wait">Otherwise: how long until there is one.</param>
    public bool TryTake(out TimeSpan wait)
    {
        lock (_lock)
        {
            Refill();
            if (_tokens >= 1)
            {
                _tokens--;
                wait = TimeSpan.Zero;
                return true;
            }

            wait = UntilNext;
            return false;
        }
    }

    /// <summary>A request of this pace was refused for going too fast.</summary>
    public void Slow()
    {
        lock (_lock)
        {
            Refill();
            _share = Math.Max(Slowest, _share * Slower);
        }
    }

    /// <summary>A request of this pace was not refused.</summary>
    public void Accept()
    {
        lock (_lock)
        {
            Refill();
            _share = Math.Min(1, _share + Faster);
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(pace.Burst, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * pace.PerSecond * _share));
        _at = now;
    }
}
