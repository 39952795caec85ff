using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>A page of feature rollout policies.</summary>
internal sealed record RolloutPage(List<RolloutRow> Value)
{
    [JsonPropertyName("@odata.nextLink")]
    public string? NextLink { get; init; }
}

/// <summary>A feature rollout policy; its groups only where they were asked for.</summary>
internal sealed record RolloutRow(string Id, string Feature)
{
    public string? DisplayName { get; init; }

    public bool? IsEnabled { get; init; }

    public bool? IsAppliedToOrganization { get; init; }

    public List<DirectoryObjectRow>? AppliesTo { get; init; }
}
