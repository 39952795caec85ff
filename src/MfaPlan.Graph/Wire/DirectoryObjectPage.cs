using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>A page of directory objects of several types.</summary>
internal sealed record DirectoryObjectPage(List<DirectoryObjectRow> Value)
{
    [JsonPropertyName("@odata.nextLink")]
    public string? NextLink { get; init; }
}

/// <summary>A directory object: which, and of what type.</summary>
internal sealed record DirectoryObjectRow(Guid Id)
{
    [JsonPropertyName("@odata.type")]
    public string? Type { get; init; }
}
