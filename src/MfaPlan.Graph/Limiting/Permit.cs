namespace MfaPlan.Graph.Limiting;

/// <summary>Leave to have one request in flight.</summary>
/// <param name="Number">Counts the permits of a limiter, from 1.</param>
/// <param name="Write">Whether the request writes.</param>
internal readonly record struct Permit(long Number, bool Write);
