namespace MfaPlan.Graph.Wire;

/// <summary>The question of getByIds: at most 1,000 ids.</summary>
internal sealed record DirectoryObjectIds(IReadOnlyList<Guid> Ids, IReadOnlyList<string> Types);
