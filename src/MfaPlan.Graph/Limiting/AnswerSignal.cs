namespace MfaPlan.Graph.Limiting;

/// <summary>What an answer says about the budget it came from.</summary>
/// <param name="Throttled">The answer was 429.</param>
/// <param name="Failed">There was no answer, or one that says nothing about the load (5xx).</param>
/// <param name="Wait">Retry-After, of a 429 or a 503.</param>
/// <param name="Fullness">x-ms-throttle-limit-percentage: the used share of the limit, sent from 0.8 on.</param>
internal readonly record struct AnswerSignal(bool Throttled, bool Failed, TimeSpan? Wait, double? Fullness);
