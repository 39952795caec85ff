using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Waves;

/// <summary>A domain of members of the rollout's groups, which says who does their MFA once the rollout is off.</summary>
/// <param name="Name">The domain of the principal names.</param>
/// <param name="Users">Members of it; null for everybody, where the rollout applies to the whole organisation.</param>
/// <param name="Federated">Whether it, or the nearest domain above it that the tenant lists, is federated; null where the tenant lists none.</param>
/// <param name="Root">The domain whose federation counts: its own, or of the nearest domain above it that has one; null for none.</param>
/// <param name="Federation">That federation as read; null for a domain that is not federated.</param>
public sealed record ReturningDomain(string Name, long? Users, bool? Federated, string? Root, Observed<FederationSettings?>? Federation);
