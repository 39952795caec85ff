using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>What is asked of users whose app cannot be brought over.</summary>
public sealed record ReRegister
{
    /// <summary>A registration campaign.</summary>
    [Description("A registration campaign.")]
    public Campaign? Campaign { get; init; }

    /// <summary>Until when.</summary>
    [Description("Until when.")]
    public DateOnly? Deadline { get; init; }
}
