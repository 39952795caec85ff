namespace MfaPlan.Graph.Limiting;

/// <summary>How a budget stands, for people who watch.</summary>
/// <param name="Budget">Which budget.</param>
/// <param name="InFlight">Requests that wait for their answer.</param>
/// <param name="Waiting">Requests that wait for a permit.</param>
/// <param name="Limit">How many may be in flight at present.</param>
/// <param name="PausedUntil">The end of a wait that the service asked for; null when there is none.</param>
/// <param name="Throttled">Answers 429 so far, single ones and parts of batches.</param>
/// <param name="Requests">Requests sent so far; a batch is one.</param>
/// <param name="RequestsPerSecond">Over the last ten seconds.</param>
public sealed record LimiterSnapshot(
    Budget Budget, int InFlight, int Waiting, int Limit, DateTimeOffset? PausedUntil, long Throttled, long Requests, double RequestsPerSecond);
