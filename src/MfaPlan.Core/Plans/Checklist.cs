using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>The guide's hand steps.</summary>
public sealed record Checklist
{
    /// <summary>The file with answers and evidence.</summary>
    [Description("The file with answers and evidence.")]
    public required string Answers { get; init; }
}
