using System.Collections.Immutable;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Ports;

/// <summary>Looks at what one unit is about, now; never writes.</summary>
public interface ITenantLooks
{
    /// <summary>Reads what the changes of a user's unit are about, now.</summary>
    /// <param name="user">Object id.</param>
    /// <param name="parts">What to read.</param>
    /// <param name="serials">The serial numbers for which the inventory is asked, where the parts have <see cref="MethodParts.Tokens"/>.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    Task<Observed<UserMethods>> LookAsync(
        Guid user, MethodParts parts, ImmutableArray<string> serials, CancellationToken cancellationToken);

    /// <summary>Reads the configurations of the authentication methods policy, now, without the members of groups.</summary>
    /// <param name="cancellationToken">Stops the look.</param>
    Task<Observed<ImmutableSortedDictionary<MethodKind, MethodConfiguration>>> LookAtPolicyAsync(CancellationToken cancellationToken);

    /// <summary>Reads the registration campaign of the authentication methods policy, now, without the members of groups.</summary>
    /// <param name="cancellationToken">Stops the look.</param>
    Task<Observed<RegistrationCampaign>> LookAtCampaignAsync(CancellationToken cancellationToken);

    /// <summary>Reads the staged rollout of cloud MFA with its groups, now.</summary>
    /// <param name="cancellationToken">Stops the look.</param>
    Task<Observed<RolloutPolicy?>> LookAtRolloutAsync(CancellationToken cancellationToken);

    /// <summary>Reads which of some groups a user is in, now, directly or through nested ones.</summary>
    /// <param name="user">Object id.</param>
    /// <param name="groups">Object ids, at most 20.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    Task<Observed<ImmutableHashSet<Guid>>> LookAtMembershipAsync(Guid user, ImmutableArray<Guid> groups, CancellationToken cancellationToken);

    /// <summary>Reads the federation of a domain, now.</summary>
    /// <param name="domain">The domain's name.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    Task<Observed<FederationSettings?>> LookAtFederationAsync(string domain, CancellationToken cancellationToken);
}
