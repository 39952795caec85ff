using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// Reads where users go who leave the cloud's MFA, and says whether somebody does it there: the federation of each one's domain.
/// </summary>
/// <param name="tenant">The tenant.</param>
public sealed class DeadEndReader(ITenantReader tenant)
{
    /// <summary>The word on every federation that users go back to; users of managed domains go nowhere.</summary>
    /// <param name="plan">The plan, for where MFA happens today.</param>
    /// <param name="domains">The tenant's domains.</param>
    /// <param name="users">The users who go back.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ImmutableArray<GuardResult>> JudgeAsync(
        Plan plan, ImmutableArray<DirectoryDomain> domains, IEnumerable<DirectoryUser> users, CancellationToken cancellationToken)
    {
        var federated = domains.Where(static domain => domain.Federated).Select(static domain => domain.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var roots = new SortedDictionary<string, (Observed<FederationSettings?> Federation, long Users)>(StringComparer.OrdinalIgnoreCase);
        foreach (var of in users.GroupBy(static user => user.PrincipalName.Domain, StringComparer.OrdinalIgnoreCase).Where(of => federated.Contains(of.Key)))
        {
            var (root, federation) = await RootFederation.ReadAsync(tenant, of.Key, domains, cancellationToken);
            roots[root] = (federation, of.LongCount() + (roots.TryGetValue(root, out var others) ? others.Users : 0));
        }

        return WayBackGuards.Judge(plan, roots.Select(static root => (root.Key, root.Value.Federation, root.Value.Users)));
    }
}
