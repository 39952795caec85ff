using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>The tenant a plan is for.</summary>
public sealed record TenantPart
{
    /// <summary>The tenant's id.</summary>
    [Description("The tenant's id.")]
    public required Guid Id { get; init; }

    /// <summary>Its cloud.</summary>
    [Description("Its cloud.")]
    public Cloud Cloud { get; init; } = Cloud.Global;
}
