namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>The sandbox's counters (<c>GET /sandbox/counters</c>).</summary>
/// <param name="Requests">HTTP requests; a <c>$batch</c> counts once.</param>
/// <param name="BatchParts">Items of <c>$batch</c> requests.</param>
/// <param name="Writes">Writes that took effect.</param>
/// <param name="Throttled">Answers with 429, single requests and items.</param>
/// <param name="SentBeforeRetryAfter">Requests that came before an announced Retry-After was over.</param>
/// <param name="ServerErrors">Answers with 503 by a fault.</param>
/// <param name="Dropped">Writes whose answer was withheld.</param>
internal sealed record Counts(
    long Requests, long BatchParts, long Writes, long Throttled, long SentBeforeRetryAfter, long ServerErrors, long Dropped)
{
    /// <summary>What came since an earlier reading.</summary>
    public Counts Since(Counts earlier) => new(
        Requests - earlier.Requests,
        BatchParts - earlier.BatchParts,
        Writes - earlier.Writes,
        Throttled - earlier.Throttled,
        SentBeforeRetryAfter - earlier.SentBeforeRetryAfter,
        ServerErrors - earlier.ServerErrors,
        Dropped - earlier.Dropped);

    /// <summary>The share of answers that were 429; the items of a batch are answers of their own.</summary>
    public double ThrottledShare => Requests + BatchParts == 0 ? 0 : (double)Throttled / (Requests + BatchParts);
}
