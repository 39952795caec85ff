namespace MfaPlan.Core.Tenants;

/// <summary>A group of the tenant, with what scope and rollout need to know of its kind.</summary>
/// <param name="Id">Object id.</param>
/// <param name="DisplayName">Not unique in a tenant.</param>
/// <param name="Dynamic">groupTypes contains DynamicMembership.</param>
/// <param name="Microsoft365">groupTypes contains Unified.</param>
/// <param name="Synced">Managed by an on-premises directory.</param>
public sealed record DirectoryGroup(Guid Id, string DisplayName, bool Dynamic, bool Microsoft365, bool Synced);
