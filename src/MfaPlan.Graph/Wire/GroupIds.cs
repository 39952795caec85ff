namespace MfaPlan.Graph.Wire;

/// <summary>The question of checkMemberGroups: at most 20 ids.</summary>
internal sealed record GroupIds(
    [property: System.Text.Json.Serialization.JsonPropertyName("groupIds")] IReadOnlyList<Guid> Ids);

/// <summary>The groups of the question that the user is in.</summary>
internal sealed record GroupIdsAnswer(List<Guid> Value);
