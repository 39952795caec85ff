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
}
