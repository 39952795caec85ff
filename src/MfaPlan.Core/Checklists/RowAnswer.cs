using System.ComponentModel;

namespace MfaPlan.Core.Checklists;

/// <summary>Whether a feature of MFA Server is in use.</summary>
public sealed record RowAnswer
{
    /// <summary>The row.</summary>
    [Description("The row.")]
    public required string Id { get; init; }

    /// <summary>Whether the feature is in use.</summary>
    [Description("Whether the feature is in use.")]
    public required RowUse Answer { get; init; }

    /// <summary>How many use it: clients, sites, relying parties or users.</summary>
    [Description("How many use it: clients, sites, relying parties or users.")]
    public int? Count { get; init; }

    /// <summary>Where that is known from.</summary>
    [Description("Where that is known from.")]
    public string? Note { get; init; }
}
