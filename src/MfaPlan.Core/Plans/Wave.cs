using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>A wave: it fills its own flat cloud groups.</summary>
public sealed record Wave
{
    /// <summary>Names the wave.</summary>
    [Description("Names the wave.")]
    public required string Name { get; init; }

    /// <summary>Groups whose members are moved.</summary>
    [Description("Groups whose members are moved.")]
    public required ImmutableArray<string> From { get; init; }

    /// <summary>The groups of the rollout policy that it fills.</summary>
    [Description("The groups of the rollout policy that it fills.")]
    public required ImmutableArray<string> Into { get; init; }

    /// <summary>Users at most, 1 to 500,000.</summary>
    [Description("Users at most, 1 to 500,000.")]
    public required int Max { get; init; }

    /// <summary>Instead of the defaults.</summary>
    [Description("Instead of the defaults.")]
    public GateSettings? Gate { get; init; }
}
