namespace MfaPlan.Graph.Limiting;

/// <summary>
/// An even rate that never exceeds a limit, in whatever window the service counts: in any <paramref name="Per"/> at most
/// <paramref name="Requests"/> go out, because the rate is what the limit leaves after one burst.
/// </summary>
/// <param name="Requests">The limit, from 1.</param>
/// <param name="Per">The window that the limit is about.</param>
/// <param name="Burst">How many may go at once after a pause; from 1, below <paramref name="Requests"/>.</param>
public sealed record Pace(int Requests, TimeSpan Per, int Burst)
{
    /// <summary>The published limit of identity and access: 3,000 writes per 150 s for an app in a tenant. The burst costs 1 % of it.</summary>
    /// <seealso href="https://learn.microsoft.com/graph/throttling-limits"/>
    public static Pace PublishedWrites { get; } = new(3_000, TimeSpan.FromSeconds(150), 30);

    /// <summary>The published limit of reports: 5 requests in 10 s for an app in a tenant, so one in two seconds.</summary>
    /// <seealso href="https://learn.microsoft.com/graph/throttling-limits"/>
    public static Pace PublishedReports { get; } = Every(TimeSpan.FromSeconds(2));

    /// <summary>The published limit at another rate: 3,000 writes in as long as they take.</summary>
    /// <param name="perSecond">From 0.1; 20 gives <see cref="PublishedWrites"/>.</param>
    public static Pace Writes(double perSecond) =>
        PublishedWrites with { Per = TimeSpan.FromSeconds(PublishedWrites.Requests / perSecond) };

    /// <summary>One request in each interval, never two at once.</summary>
    public static Pace Every(TimeSpan interval) => new(2, interval, 1);

    /// <summary>Requests per second that can go on for ever.</summary>
    public double PerSecond => (Requests - Burst) / Per.TotalSeconds;
}
