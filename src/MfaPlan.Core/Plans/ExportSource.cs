using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Users exported from another product.</summary>
public sealed record ExportSource
{
    /// <summary>The product that wrote it.</summary>
    [Description("The product that wrote it.")]
    public required ExportProduct Product { get; init; }

    /// <summary>The exported file.</summary>
    [Description("The exported file.")]
    public required string File { get; init; }

    /// <summary>The day the data is of.</summary>
    [Description("The day the data is of.")]
    public DateOnly? AsOf { get; init; }
}
