using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>When the rollout ends.</summary>
public sealed record Retire
{
    /// <summary>After what.</summary>
    [Description("After what.")]
    public RetireAfter After { get; init; } = RetireAfter.CutOver;

    /// <summary>And how long after.</summary>
    [Description("And how long after.")]
    public Duration Wait { get; init; } = new(TimeSpan.FromDays(7));
}
