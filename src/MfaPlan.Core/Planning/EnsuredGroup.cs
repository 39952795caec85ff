using System.Collections.Immutable;

namespace MfaPlan.Core.Planning;

/// <summary>A group of <c>policy.ensure</c>, found in the tenant.</summary>
/// <param name="Name">As the plan names it.</param>
/// <param name="Id">Object id.</param>
/// <param name="Members">Transitive user members.</param>
public sealed record EnsuredGroup(string Name, Guid Id, ImmutableHashSet<Guid> Members);
