using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>A page of objects that are kept as JSON, because members that we do not know must not be passed over.</summary>
internal sealed record ElementPage(List<JsonElement> Value)
{
    [JsonPropertyName("@odata.nextLink")]
    public string? NextLink { get; init; }
}
