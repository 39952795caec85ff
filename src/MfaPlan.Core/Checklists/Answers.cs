using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Checklists;

/// <summary>What people answered: the steps of the guide with their evidence, and which features of MFA Server are in use.</summary>
public sealed record Answers
{
    /// <summary>The newest version that is read.</summary>
    public const int Newest = 1;

    /// <summary>The version of the format: 1.</summary>
    [Description("The version of the format: 1.")]
    public required int Format { get; init; }

    /// <summary>The steps that people carry out by hand, each once; one that is not here is open.</summary>
    [Description("The steps that people carry out by hand, each once; one that is not here is open.")]
    public ImmutableArray<ItemAnswer> Items { get; init; } = [];

    /// <summary>The rows of the guide's tables, each once; one that is not here is not answered.</summary>
    [Description("The rows of the guide's tables, each once; one that is not here is not answered.")]
    public ImmutableArray<RowAnswer> Rows { get; init; } = [];
}
