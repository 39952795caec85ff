using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>A registration campaign.</summary>
public sealed record Campaign
{
    /// <summary>The group it reaches.</summary>
    [Description("The group it reaches.")]
    public required string Group { get; init; }

    /// <summary>How long a user may put it off, 0 to 14 days.</summary>
    [Description("How long a user may put it off, 0 to 14 days.")]
    public Duration Snooze { get; init; } = new(TimeSpan.FromDays(1));
}
