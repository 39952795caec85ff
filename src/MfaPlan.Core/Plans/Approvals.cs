using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Who must sign a change set.</summary>
public sealed record Approvals
{
    /// <summary>Who may sign.</summary>
    [Description("Who may sign.")]
    public required AllowedSigners AllowedSigners { get; init; }

    /// <summary>Whether the author may not sign.</summary>
    [Description("Whether the author may not sign.")]
    public bool NotAuthor { get; init; }

    /// <summary>How long a signature holds.</summary>
    [Description("How long a signature holds.")]
    public Duration Expire { get; init; } = new(TimeSpan.FromHours(72));

    /// <summary>Signatures, from 1.</summary>
    [Description("Signatures, from 1.")]
    public int Signers { get; init; } = 1;
}
