namespace MfaPlan.Graph.Limiting;

/// <summary>Counts requests by the second and knows the last ten seconds. Its owner locks.</summary>
internal sealed class RequestRate(TimeProvider time)
{
    private const int Seconds = 10;

    private readonly int[] _counts = new int[Seconds];
    private long _second = time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Requests per second, on average over the last ten.</summary>
    public double PerSecond
    {
        get
        {
            MoveOn();
            return (double)_counts.Sum() / Seconds;
        }
    }

    public void Count()
    {
        MoveOn();
        _counts[_second % Seconds]++;
    }

    private void MoveOn()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        for (var second = Math.Max(_second + 1, now - Seconds + 1); second <= now; second++)
        {
            _counts[second % Seconds] = 0;
        }

        _second = Math.Max(_second, now);
    }
}
