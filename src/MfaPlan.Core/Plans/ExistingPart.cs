using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>What becomes of another value that Entra already has.</summary>
public sealed record ExistingPart
{
    /// <summary>Kept unless asked.</summary>
    [Description("Kept unless asked.")]
    public ExistingValue Existing { get; init; } = ExistingValue.Keep;
}
