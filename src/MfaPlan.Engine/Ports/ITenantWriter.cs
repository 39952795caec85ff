using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Ports;

/// <summary>Looks at one user or at the policy, and sends one change. The only way to the tenant that writes.</summary>
public interface ITenantWriter
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

    /// <summary>
    /// Sends one change, once. A request once sent is seen through: there is a timeout and, on purpose, no cancellation. When the timeout is
    /// over the request is over, for a later run reckons with that; so waiting for a permit or a throttled budget counts, and where no permit
    /// is had in time nothing is sent and the answer is <see cref="SendResult.Throttled"/>.
    /// </summary>
    /// <param name="unit">The unit the change belongs to.</param>
    /// <param name="change">The change.</param>
    /// <param name="timeout">How long from now until the request must be over.</param>
    /// <param name="fence">Asked in the instant before the request leaves, every time that one does.</param>
    /// <exception cref="LockLostException">The fence is closed; nothing was sent.</exception>
    Task<SendResult> SendAsync(UnitId unit, Change change, TimeSpan timeout, IFence fence);
}
