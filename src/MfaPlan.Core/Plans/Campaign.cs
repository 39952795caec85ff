using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>The registration campaign of the authentication methods policy; the prepare stage merges the group into it, never narrowing it.</summary>
public sealed record Campaign
{
    /// <summary>The group that is asked at sign-in to register Microsoft Authenticator.</summary>
    [Description("The group that is asked at sign-in to register Microsoft Authenticator.")]
    public required string Group { get; init; }

    /// <summary>How long a user may put it off, 0d to 14d in whole days. A campaign that asks others too keeps its own time.</summary>
    [Description("How long a user may put it off, 0d to 14d in whole days. A campaign that asks others too keeps its own time.")]
    public Duration Snooze { get; init; } = new(TimeSpan.FromDays(1));
}
