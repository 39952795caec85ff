using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>The waves of the staged rollout.</summary>
public sealed record Rollout
{
    /// <summary>The display name where the policy is made; an existing one is found by its feature.</summary>
    [Description("The display name where the policy is made; an existing one is found by its feature.")]
    public string PolicyName { get; init; } = "MFA rollout policy";

    /// <summary>What must hold between waves.</summary>
    [Description("What must hold between waves.")]
    public GateSettings GateDefaults { get; init; } = new();

    /// <summary>In order.</summary>
    [Description("In order.")]
    public required ImmutableArray<Wave> Waves { get; init; }

    /// <summary>When the rollout ends.</summary>
    [Description("When the rollout ends.")]
    public Retire? Retire { get; init; }
}
