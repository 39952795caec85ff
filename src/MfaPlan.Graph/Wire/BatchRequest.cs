namespace MfaPlan.Graph.Wire;

/// <summary>A $batch of reads.</summary>
internal sealed record BatchRequest(List<BatchRequestPart> Requests);

/// <summary>One read in it.</summary>
/// <param name="Id">Unique in the batch.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">Relative to the batch's version.</param>
internal readonly record struct BatchRequestPart(string Id, string Method, string Url);
