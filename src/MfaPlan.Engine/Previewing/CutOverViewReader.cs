using System.Collections.Immutable;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads what a cut-over needs to know of the tenant as a whole. What cannot be read becomes a problem, never an absence.</summary>
/// <param name="tenant">The tenant.</param>
public sealed class CutOverViewReader(ITenantReader tenant) : TenantFinder(tenant)
{
    /// <summary>Reads the view; once a reader.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="domains">The domains, each once.</param>
    /// <param name="asOf">Now, by the tenant's clock.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<CutOverView> ReadAsync(
        Plan plan, ImmutableArray<string> domains, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var tenantDomains = Known(await Tenant.ReadDomainsAsync(cancellationToken), "The domains", Denial.Domains);
        ImmutableArray<DirectoryDomain> known = tenantDomains.IsDefault ? [] : tenantDomains;
        var policy = Known(await Tenant.ReadMethodsPolicyAsync(cancellationToken), "The authentication methods policy", Denial.Policies);
        var administrators = Known(await Tenant.ReadAdministratorsAsync(cancellationToken), "The directory roles", Denial.Roles);
        var federations = await ReadFederationsAsync(domains, known, cancellationToken);
        var users = await ReadUsersAsync(domains, known, cancellationToken);
        var move = policy is null
            ? null
            : await new MoveContextReader(Tenant).ReadAsync(plan, administrators ?? [], policy, asOf, cancellationToken);
        return new CutOverView(
            users,
            federations,
            policy,
            administrators ?? [],
            move,
            await ReadBreakGlassAsync(plan, users, campaign: null, tenantDomains, cancellationToken),
            known,
            [.. Problems(), .. move?.Problems ?? []]);
    }

    /// <summary>Reads what the way back needs: not the users, for nobody is locked out by it who is not already. Once a reader.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="domains">The domains that were switched.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<CutOverView> ReadBackAsync(Plan plan, ImmutableArray<string> domains, CancellationToken cancellationToken)
    {
        var tenantDomains = Known(await Tenant.ReadDomainsAsync(cancellationToken), "The domains", Denial.Domains);
        ImmutableArray<DirectoryDomain> known = tenantDomains.IsDefault ? [] : tenantDomains;
        return new CutOverView(
            [],
            await ReadFederationsAsync(domains, known, cancellationToken),
            Policy: null,
            [],
            Move: null,
            await ReadBreakGlassAsync(plan, [], campaign: null, tenantDomains, cancellationToken),
            known,
            Problems());
    }

    /// <summary>A domain that is not federated is not asked for its federation.</summary>
    private async Task<ImmutableSortedDictionary<string, FederationSettings?>> ReadFederationsAsync(
        ImmutableArray<string> domains, ImmutableArray<DirectoryDomain> known, CancellationToken cancellationToken)
    {
        var federations = ImmutableSortedDictionary.CreateBuilder<string, FederationSettings?>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in domains)
        {
            federations[name] = known.Any(domain => domain.Federated && domain.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ? Known(await Tenant.ReadFederationAsync(name, cancellationToken), $"The federation of {name}", Denial.Federation)
                : null;
        }

        return federations.ToImmutable();
    }

    private async Task<ImmutableArray<DirectoryUser>> ReadUsersAsync(
        ImmutableArray<string> domains, ImmutableArray<DirectoryDomain> known, CancellationToken cancellationToken)
    {
        var routed = new RoutedDomains(domains, known);
        var users = new List<DirectoryUser>();
        try
        {
            await foreach (var user in Tenant.ReadUsersOfDomainsAsync(domains, cancellationToken))
            {
                if (routed.Of(user) is not null)
                {
                    users.Add(user);
                }
            }
        }
        catch (TenantReadException error)
        {
            Unread("The users of the directory", error.Code, Denial.Users);
        }

        return Sorted(users);
    }
}
