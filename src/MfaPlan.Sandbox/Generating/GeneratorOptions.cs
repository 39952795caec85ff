namespace MfaPlan.Sandbox.Generating;

/// <summary>What company to make up.</summary>
/// <param name="Users">People in the tenant, from 1 to 2,000,000.</param>
/// <param name="Seed">The same seed gives the same company; a larger one begins with the same people.</param>
public sealed record GeneratorOptions(int Users, ulong Seed)
{
    /// <summary>The most users.</summary>
    public const int MostUsers = 2_000_000;

    /// <summary>The most users of a company that goes the whole road: staged rollout takes ten groups of 50,000, and one is the pilot's.</summary>
    public const int MostRolledOut = 450_000;

    /// <summary>
    /// Whether it has what the whole road needs besides people: waves, a policy that demands MFA, a child domain, tokens, accounts of
    /// services, and a clock of its own.
    /// </summary>
    public bool Rollout { get; init; }

    /// <summary>Whether the service's published limits are enforced.</summary>
    public bool PublishedLimits { get; init; }

    /// <summary>How much faster the windows of the limits pass; 60 makes 150 seconds last 2.5. From 1.</summary>
    public double TimeFactor { get; init; } = 1;

    /// <summary>The share of requests that are throttled, that fail and whose answer is lost, each; from 0 to 1.</summary>
    public double FaultRate { get; init; }
}
