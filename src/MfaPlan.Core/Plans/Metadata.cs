using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Name and owner of a plan.</summary>
public sealed record Metadata
{
    /// <summary>Names the plan in journal and reports.</summary>
    [Description("Names the plan in journal and reports.")]
    public required string Name { get; init; }

    /// <summary>Who answers for it.</summary>
    [Description("Who answers for it.")]
    public string? Owner { get; init; }

    /// <summary>Who wrote it, as allowed_signers names them; the owner where it is not said.</summary>
    [Description("Who wrote it, as allowed_signers names them; the owner where it is not said.")]
    public string? Author { get; init; }

    /// <summary>The change request it belongs to.</summary>
    [Description("The change request it belongs to.")]
    public string? ChangeRequest { get; init; }
}
