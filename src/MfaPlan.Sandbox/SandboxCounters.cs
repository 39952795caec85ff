namespace MfaPlan.Sandbox;

/// <summary>What a sandbox has seen since it started.</summary>
/// <param name="Requests">HTTP requests to Graph routes; a <c>$batch</c> counts once.</param>
/// <param name="Writes">Writes that took effect, the dropped ones included.</param>
/// <param name="Throttled">Answers with 429, single requests and batch items.</param>
/// <param name="SentBeforeRetryAfter">Requests that came before an announced <c>Retry-After</c> had passed.</param>
/// <param name="ServerErrors">Answers with 503 given by a fault, before any effect.</param>
/// <param name="Dropped">Writes that took effect and whose answer was withheld.</param>
/// <param name="BatchParts">Items of <c>$batch</c> requests.</param>
public sealed record SandboxCounters(
    long Requests,
    long Writes,
    long Throttled,
    long SentBeforeRetryAfter,
    long ServerErrors,
    long Dropped,
    long BatchParts);
