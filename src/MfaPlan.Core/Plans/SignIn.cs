using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>How the runner signs in.</summary>
public sealed record SignIn
{
    /// <summary>As an application.</summary>
    [Description("As an application.")]
    public AppSignIn? App { get; init; }

    /// <summary>As a person, for what Microsoft allows persons only.</summary>
    [Description("As a person, for what Microsoft allows persons only.")]
    public OperatorSignIn? Operator { get; init; }
}
