namespace MfaPlan.Sandbox.Generating;

/// <summary>What company to make up.</summary>
/// <param name="Users">People in the tenant, from 1 to 2,000,000.</param>
/// <param name="Seed">The same seed gives the same company; a larger one begins with the same people.</param>
public sealed record GeneratorOptions(int Users, ulong Seed)
{
    /// <summary>The most users.</summary>
    public const int MostUsers = 2_000_000;

    /// <summary>Whether the service's published limits are enforced.</summary>
    public bool PublishedLimits { get; init; }

    /// <summary>How much faster the windows of the limits pass; 60 makes 150 seconds last 2.5. From 1.</summary>
    public double TimeFactor { get; init; } = 1;

    /// <summary>The share of requests that are throttled, that fail and whose answer is lost, each; from 0 to 1.</summary>
    public double FaultRate { get; init; }
}
