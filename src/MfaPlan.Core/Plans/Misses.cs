using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>How many users in scope may have no source record.</summary>
public sealed record Misses
{
    /// <summary>A count, or a share of the users in scope.</summary>
    [Description("A count, or a share of the users in scope.")]
    public required Limit Max { get; init; }
}
