using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>A page of the directory audit.</summary>
internal sealed record AuditPage(List<AuditRow> Value)
{
    [JsonPropertyName("@odata.nextLink")]
    public string? NextLink { get; init; }
}

/// <summary>An entry of the directory audit, with what is used of it.</summary>
internal sealed record AuditRow
{
    public DateTimeOffset? ActivityDateTime { get; init; }

    public List<AuditTarget>? TargetResources { get; init; }
}

/// <summary>What an entry is about.</summary>
internal sealed record AuditTarget(string? Id);
