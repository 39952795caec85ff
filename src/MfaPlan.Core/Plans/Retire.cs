using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>When the rollout ends.</summary>
public sealed record Retire
{
    /// <summary>After what it is switched off; groups and members stay.</summary>
    [Description("After what it is switched off; groups and members stay.")]
    public RetireAfter After { get; init; } = RetireAfter.CutOver;

    /// <summary>And how long after, at least; never less than the 24h that a cut-over may take to count everywhere.</summary>
    [Description("And how long after, at least; never less than the 24h that a cut-over may take to count everywhere.")]
    public Duration Wait { get; init; } = new(TimeSpan.FromDays(7));
}
