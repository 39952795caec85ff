using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Accounts that are never touched.</summary>
public sealed record Protect
{
    /// <summary>Object ids of at least two emergency accounts.</summary>
    [Description("Object ids of at least two emergency accounts.")]
    public ImmutableArray<Guid> BreakGlass { get; init; } = [];

    /// <summary>Groups whose members are never written.</summary>
    [Description("Groups whose members are never written.")]
    public ImmutableArray<string> NeverWrite { get; init; } = [];

    /// <summary>Groups whose members are never moved to Entra MFA.</summary>
    [Description("Groups whose members are never moved to Entra MFA.")]
    public ImmutableArray<string> NeverRoute { get; init; } = [];

    /// <summary>Who may be left with phones alone.</summary>
    [Description("Who may be left with phones alone.")]
    public PhoneOnly? PhoneOnly { get; init; }
}
