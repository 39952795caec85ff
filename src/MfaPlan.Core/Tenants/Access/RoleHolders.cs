using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants.Access;

/// <summary>Who holds a role at the scope of the tenant, which alone counts for Conditional Access.</summary>
/// <param name="Active">Users with an active assignment of their own.</param>
/// <param name="Perhaps">
/// Users with the role through a group, or eligible for it: whether Conditional Access counts them is not documented.
/// </param>
public sealed record RoleHolders(ImmutableHashSet<Guid> Active, ImmutableHashSet<Guid> Perhaps);
