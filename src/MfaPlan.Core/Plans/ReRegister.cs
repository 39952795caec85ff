using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>What is asked of users whose app cannot be brought over.</summary>
public sealed record ReRegister
{
    /// <summary>The registration campaign that asks them at sign-in.</summary>
    [Description("The registration campaign that asks them at sign-in.")]
    public Campaign? Campaign { get; init; }

    /// <summary>Until when they must have registered again; said in reports and of each user.</summary>
    [Description("Until when they must have registered again; said in reports and of each user.")]
    public DateOnly? Deadline { get; init; }
}
