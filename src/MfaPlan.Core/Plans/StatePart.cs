using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Where journal, change sets and keys are.</summary>
public sealed record StatePart
{
    /// <summary>A folder, relative to the plan.</summary>
    [Description("A folder, relative to the plan.")]
    public string Path { get; init; } = ".mfaplan";

    /// <summary>Azure Blob storage instead of a folder.</summary>
    [Description("Azure Blob storage instead of a folder.")]
    public AzureBlob? AzureBlob { get; init; }

    /// <summary>The key that wraps the data keys; a file beside the folder where it is left out.</summary>
    [Description("The key that wraps the data keys; a file beside the folder where it is left out.")]
    public SecretRefPart? Key { get; init; }
}
