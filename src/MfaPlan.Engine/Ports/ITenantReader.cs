using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Engine.Ports;

/// <summary>
/// Reads the tenant; never writes. A read that fails is <see cref="Observed{T}.Unknown"/>, or, for streams of a whole collection,
/// <see cref="TenantReadException"/>: a part of a collection is never handed out as the whole.
/// </summary>
public interface ITenantReader
{
    /// <summary>Groups by object id or by exact display name: none, one, or several with the same name.</summary>
    Task<Observed<ImmutableArray<DirectoryGroup>>> FindGroupsAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>Users by object id or user principal name: none or one.</summary>
    Task<Observed<ImmutableArray<DirectoryUser>>> FindUserAsync(string idOrPrincipalName, CancellationToken cancellationToken);

    /// <summary>All users in a group, nested groups included, in the service's order; a user may come once only.</summary>
    /// <exception cref="TenantReadException">The collection could not be read to its end.</exception>
    IAsyncEnumerable<DirectoryUser> ReadMembersAsync(Guid group, CancellationToken cancellationToken);

    /// <summary>The object ids of all users in a group, nested groups included.</summary>
    Task<Observed<ImmutableHashSet<Guid>>> ReadMemberIdsAsync(Guid group, CancellationToken cancellationToken);

    /// <summary>The authentication methods policy with the members of every group it names.</summary>
    Task<Observed<MethodsPolicy>> ReadMethodsPolicyAsync(CancellationToken cancellationToken);

    /// <summary>The registration campaign of that policy, without the members of groups. Read only where somebody asks for it.</summary>
    Task<Observed<RegistrationCampaign>> ReadCampaignAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Everybody who is or may become an administrator: active and eligible role assignments at any scope, directly or through
    /// groups, and members and owners of role-assignable groups.
    /// </summary>
    Task<Observed<ImmutableHashSet<Guid>>> ReadAdministratorsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What demands MFA in the tenant: Conditional Access policies of beta, compared with v1.0, with strengths, locations, security defaults, and
    /// the members of every group and role they name.
    /// </summary>
    Task<Observed<AccessView>> ReadAccessAsync(CancellationToken cancellationToken);

    /// <summary>The tenant's domains, by name.</summary>
    Task<Observed<ImmutableArray<DirectoryDomain>>> ReadDomainsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The users that Microsoft's own migration utility wrote to, each with the newest time, as far as the tenant's audit still has it. For
    /// people; nothing is decided by it.
    /// </summary>
    Task<Observed<ImmutableDictionary<Guid, DateTimeOffset>>> ReadUtilityWritesAsync(CancellationToken cancellationToken);

    /// <summary>The authentication data of many users, in the order given, a window of them in flight; nothing is read ahead of the window.</summary>
    /// <param name="users">Object ids.</param>
    /// <param name="parts">What to read of each.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    IAsyncEnumerable<UserRead> ReadMethodsAsync(IEnumerable<Guid> users, MethodParts parts, CancellationToken cancellationToken);

    /// <summary>What the audit log says of a unit's target since an instant, the newest first; not all of it where there is much.</summary>
    Task<Observed<ImmutableArray<AuditEntry>>> ReadAuditAsync(UnitId unit, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>
    /// The staged rollout of cloud MFA with its groups; null where the tenant has none. Delegated only: without an operator's sign-in the
    /// service may refuse the read.
    /// </summary>
    Task<Observed<RolloutPolicy?>> ReadRolloutAsync(CancellationToken cancellationToken);

    /// <summary>The direct members of a group, of whatever kind.</summary>
    Task<Observed<GroupContent>> ReadGroupContentAsync(Guid group, CancellationToken cancellationToken);

    /// <summary>The federation of a domain; null where it has none.</summary>
    Task<Observed<FederationSettings?>> ReadFederationAsync(string domain, CancellationToken cancellationToken);

    /// <summary>
    /// The enabled users whose principal name is in one of some domains or in a child of one, in the service's order, each once. They come from
    /// the directory itself, not from its index, which may lag behind it.
    /// </summary>
    /// <param name="domains">Names of domains.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="TenantReadException">The directory could not be read to its end.</exception>
    IAsyncEnumerable<DirectoryUser> ReadUsersOfDomainsAsync(ImmutableArray<string> domains, CancellationToken cancellationToken);

    /// <summary>The hardware tokens of the tenant's inventory with these serial numbers, in order of serial number.</summary>
    Task<Observed<ImmutableArray<TokenDevice>>> ReadTokenDevicesAsync(ImmutableArray<string> serials, CancellationToken cancellationToken);
}

/// <summary>One user's authentication data as it was read.</summary>
/// <param name="User">Object id.</param>
/// <param name="Methods">What was seen, or why nothing is known.</param>
public readonly record struct UserRead(Guid User, Observed<UserMethods> Methods);
