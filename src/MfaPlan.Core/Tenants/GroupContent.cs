using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants;

/// <summary>The direct members of a group.</summary>
/// <param name="Users">Object ids of users.</param>
/// <param name="Others">Members that are no users (groups, devices, contacts), by object id.</param>
public sealed record GroupContent(ImmutableHashSet<Guid> Users, ImmutableArray<Guid> Others);
