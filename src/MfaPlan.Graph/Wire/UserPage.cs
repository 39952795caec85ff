using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>A page of users.</summary>
internal sealed record UserPage(List<UserObject> Value)
{
    [JsonPropertyName("@odata.nextLink")]
    public string? NextLink { get; init; }
}
