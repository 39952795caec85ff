using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Text messages and for whom they must be allowed.</summary>
public sealed record EnsureSms
{
    /// <summary>Groups by id or name.</summary>
    [Description("Groups by id or name.")]
    public required ImmutableArray<string> Groups { get; init; }

    /// <summary>Whether a number may become a sign-in name.</summary>
    [Description("Whether a number may become a sign-in name.")]
    public SignInByText SignIn { get; init; } = SignInByText.Forbid;
}
