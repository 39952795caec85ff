using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>What an apply may do at most. A limit left out does not limit, but overwrites, admins and noMethod are 0.</summary>
public sealed record Limits
{
    /// <summary>Users changed.</summary>
    [Description("Users changed.")]
    public Limit? Users { get; init; }

    /// <summary>Values in Entra replaced.</summary>
    [Description("Values in Entra replaced.")]
    public Limit Overwrites { get; init; } = Limit.Zero;

    /// <summary>Administrators changed.</summary>
    [Description("Administrators changed.")]
    public Limit Admins { get; init; } = Limit.Zero;

    /// <summary>Changed users left without a usable method.</summary>
    [Description("Changed users left without a usable method.")]
    public Limit NoMethod { get; init; } = Limit.Zero;

    /// <summary>What may have moved since the preview.</summary>
    [Description("What may have moved since the preview.")]
    public MovedLimits? Moved { get; init; }
}
