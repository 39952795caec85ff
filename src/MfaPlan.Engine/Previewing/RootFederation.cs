using System.Collections.Immutable;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>The federation that counts for a domain. A child domain has none of its own: the nearest one above it that has counts.</summary>
internal static class RootFederation
{
    /// <summary>Reads it, with the domain that has it; where none has, it is the topmost one's, which is nothing.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="name">A domain that is federated, or below one that is.</param>
    /// <param name="domains">The tenant's domains.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">Neither it nor a domain above it is federated.</exception>
    public static async Task<(string Root, Observed<FederationSettings?> Federation)> ReadAsync(
        ITenantReader tenant, string name, ImmutableArray<DirectoryDomain> domains, CancellationToken cancellationToken)
    {
        (string, Observed<FederationSettings?>)? last = null;
        foreach (var root in domains.Where(domain => domain.Federated && RoutedDomains.IsWithin(name, domain.Name))
            .Select(static domain => domain.Name).OrderByDescending(static domain => domain.Length))
        {
            var federation = await tenant.ReadFederationAsync(root, cancellationToken);
            if (federation is not Observed<FederationSettings?>.Seen { Value: null })
            {
                return (root, federation);
            }

            last = (root, federation);
        }

        return last ?? throw new ArgumentException("It is not federated.", nameof(name));
    }
}
