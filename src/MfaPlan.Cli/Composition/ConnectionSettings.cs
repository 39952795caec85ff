namespace MfaPlan.Cli.Composition;

/// <summary>How a command reaches the tenant.</summary>
/// <param name="Sandbox">A tenant file, or the address of a sandbox that runs alone; null for the real tenant.</param>
/// <param name="Record">Where requests and answers are written; null for nowhere.</param>
internal sealed record ConnectionSettings(string? Sandbox, string? Record)
{
    /// <summary>Writes a second at most; null for what fits the tenant: the published limit for a real one, none for a sandbox.</summary>
    public double? WritesPerSecond { get; init; }
}
