using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Something that still leans on MFA Server.</summary>
public sealed record Dependency
{
    /// <summary>Names it.</summary>
    [Description("Names it.")]
    public required string Id { get; init; }

    /// <summary>What it is.</summary>
    [Description("What it is.")]
    public required DependencyKind Kind { get; init; }

    /// <summary>Groups who use it.</summary>
    [Description("Groups who use it.")]
    public ImmutableArray<string> Users { get; init; } = [];

    /// <summary>Who answers for it.</summary>
    [Description("Who answers for it.")]
    public string? Owner { get; init; }

    /// <summary>What takes its place.</summary>
    [Description("What takes its place.")]
    public DependencyTarget? Target { get; init; }

    /// <summary>Stages that wait for it.</summary>
    [Description("Stages that wait for it.")]
    public ImmutableArray<StageKind> Blocks { get; init; } = [];

    /// <summary>Where it stands.</summary>
    [Description("Where it stands.")]
    public DependencyStatus Status { get; init; } = DependencyStatus.Open;

    /// <summary>Until when it is to be moved.</summary>
    [Description("Until when it is to be moved.")]
    public DateOnly? Due { get; init; }
}
