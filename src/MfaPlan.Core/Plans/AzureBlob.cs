using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>A container of Azure Blob storage.</summary>
public sealed record AzureBlob
{
    /// <summary>The storage account.</summary>
    [Description("The storage account.")]
    public required string Account { get; init; }

    /// <summary>The container.</summary>
    [Description("The container.")]
    public required string Container { get; init; }
}
