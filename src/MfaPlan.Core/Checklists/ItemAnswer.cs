using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Checklists;

/// <summary>Where a step stands.</summary>
public sealed record ItemAnswer
{
    /// <summary>The step.</summary>
    [Description("The step.")]
    public required string Id { get; init; }

    /// <summary>Whether it is done.</summary>
    [Description("Whether it is done.")]
    public required ItemState State { get; init; }

    /// <summary>Why the step does not apply.</summary>
    [Description("Why the step does not apply.")]
    public string? Reason { get; init; }

    /// <summary>Who answers for it.</summary>
    [Description("Who answers for it.")]
    public string? Owner { get; init; }

    /// <summary>The day of the answer.</summary>
    [Description("The day of the answer.")]
    public DateOnly? Date { get; init; }

    /// <summary>What shows that it is done.</summary>
    [Description("What shows that it is done.")]
    public ImmutableArray<Evidence> Evidence { get; init; } = [];
}
