using System.Collections.Immutable;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads the enabled users of the domains that a cut-over switched, child domains included: all of them, or the reason why nothing is known.</summary>
/// <param name="tenant">The tenant.</param>
public sealed class SwitchedUsersReader(ITenantReader tenant)
{
    /// <summary>The users by domain, each once and in order of object id; a domain without users has an empty array.</summary>
    /// <param name="domains">Domains that are switched.</param>
    /// <param name="at">Now, by the tenant's clock.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Observed<ImmutableSortedDictionary<string, ImmutableArray<Guid>>>> ReadAsync(
        ImmutableArray<SwitchedDomain> domains, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await tenant.ReadDomainsAsync(cancellationToken) is not Observed<ImmutableArray<DirectoryDomain>>.Seen { Value: var known })
        {
            return new Observed<ImmutableSortedDictionary<string, ImmutableArray<Guid>>>.Unknown("domains");
        }

        var names = domains.Select(static domain => domain.Name).ToImmutableArray();
        var routed = new RoutedDomains(names, known);
        var users = names.ToDictionary(static name => name, static _ => new SortedSet<Guid>(), StringComparer.OrdinalIgnoreCase);
        try
        {
            await foreach (var user in tenant.ReadUsersOfDomainsAsync(names, cancellationToken))
            {
                if (routed.Of(user) is { } domain)
                {
                    users[domain].Add(user.Id);
                }
            }
        }
        catch (TenantReadException error)
        {
            return new Observed<ImmutableSortedDictionary<string, ImmutableArray<Guid>>>.Unknown(error.Code);
        }

        return new Observed<ImmutableSortedDictionary<string, ImmutableArray<Guid>>>.Seen(
            users.ToImmutableSortedDictionary(static pair => pair.Key, static pair => pair.Value.ToImmutableArray(), StringComparer.OrdinalIgnoreCase), at);
    }
}
