using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Continuous migration.</summary>
public sealed record Sync
{
    /// <summary>Whom it looks at.</summary>
    [Description("Whom it looks at.")]
    public SyncScope Scope { get; init; } = SyncScope.Groups;

    /// <summary>How often.</summary>
    [Description("How often.")]
    public required Duration Every { get; init; }

    /// <summary>Kinds of change it may make.</summary>
    [Description("Kinds of change it may make.")]
    public ImmutableArray<string> May { get; init; } = [];

    /// <summary>Users a day at most.</summary>
    [Description("Users a day at most.")]
    public int? PerDay { get; init; }

    /// <summary>Until when.</summary>
    [Description("Until when.")]
    public DateOnly? Expires { get; init; }
}
