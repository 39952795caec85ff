using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>What may have moved since the preview before a run stops.</summary>
public sealed record MovedLimits
{
    /// <summary>Users.</summary>
    [Description("Users.")]
    public Limit? Users { get; init; }
}
