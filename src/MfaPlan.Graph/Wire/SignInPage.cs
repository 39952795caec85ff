using System.Text.Json.Serialization;
using MfaPlan.Core.Gates;

namespace MfaPlan.Graph.Wire;

/// <summary>A page of the sign-in log.</summary>
internal sealed record SignInPage(List<SignInRow> Value)
{
    [JsonPropertyName("@odata.nextLink")]
    public string? NextLink { get; init; }
}
