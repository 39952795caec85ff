using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Sign-in as a person.</summary>
public sealed record OperatorSignIn
{
    /// <summary>How.</summary>
    [Description("How.")]
    public SignInMode Mode { get; init; } = SignInMode.Interactive;

    /// <summary>For which stages.</summary>
    [Description("For which stages.")]
    public ImmutableArray<StageKind> Stages { get; init; } = [];
}
