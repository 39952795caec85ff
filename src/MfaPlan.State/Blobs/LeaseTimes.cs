namespace MfaPlan.State.Blobs;

/// <summary>The times of a lease.</summary>
/// <param name="Duration">How long it lasts when nobody renews it; Azure takes 15 to 60 seconds.</param>
/// <param name="Renewal">How often it is renewed.</param>
/// <param name="Margin">How long before its end it counts as lost here: for clocks that go at different speeds, and for a request that has
/// just left.</param>
/// <param name="Patience">How long an opening waits for the lease of another to run out, as that of a killed process does.</param>
/// <param name="Pause">The wait between two tries.</param>
internal sealed record LeaseTimes(TimeSpan Duration, TimeSpan Renewal, TimeSpan Margin, TimeSpan Patience, TimeSpan Pause)
{
    /// <summary>20 seconds, renewed every 5, lost 5 before the end: three renewals in a row may fail.</summary>
    public static LeaseTimes Default { get; } = new(
        TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(23), TimeSpan.FromSeconds(1));
}
