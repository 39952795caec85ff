using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>What the authentication methods policy must allow; it is merged, never narrowed.</summary>
public sealed record PolicyPart
{
    /// <summary>Kinds of method and for whom.</summary>
    [Description("Kinds of method and for whom.")]
    public EnsurePart Ensure { get; init; } = new();

    /// <summary>System-preferred authentication.</summary>
    [Description("System-preferred authentication.")]
    public SystemPreferred SystemPreferred { get; init; } = SystemPreferred.Leave;

    /// <summary>The move from the legacy policies.</summary>
    [Description("The move from the legacy policies.")]
    public CompleteMigration CompleteMigration { get; init; } = CompleteMigration.Never;
}
