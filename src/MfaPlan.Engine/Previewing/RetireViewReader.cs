using System.Collections.Immutable;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads whom switching the staged rollout concerns, and who does their MFA without it. What cannot be read becomes a problem, never an absence.</summary>
/// <param name="tenant">The tenant.</param>
public sealed class RetireViewReader(ITenantReader tenant) : TenantFinder(tenant)
{
    /// <summary>Reads what ending the rollout needs; once a reader.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<RetireView> ReadAsync(Plan plan, CancellationToken cancellationToken)
    {
        var rollout = Known(await Tenant.ReadRolloutAsync(cancellationToken), "The staged rollout", Denial.Rollout);
        var read = Known(await Tenant.ReadDomainsAsync(cancellationToken), "The domains", Denial.Domains);
        ImmutableArray<DirectoryDomain> domains = read.IsDefault ? [] : read;
        var members = rollout is { Enabled: true } ? await ReadMembersAsync(rollout, cancellationToken) : [];
        return new RetireView(
            rollout,
            members,
            rollout is { Enabled: true } ? await ReadReturningAsync(rollout, members, domains, cancellationToken) : [],
            [],
            Move: null,
            await ReadBreakGlassAsync(plan, [], campaign: null, read, cancellationToken),
            Problems());
    }

    /// <summary>Reads what switching it on again needs; once a reader.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="asOf">Now, by the tenant's clock.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<RetireView> ReadBackAsync(Plan plan, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var rollout = Known(await Tenant.ReadRolloutAsync(cancellationToken), "The staged rollout", Denial.Rollout);
        var domains = Known(await Tenant.ReadDomainsAsync(cancellationToken), "The domains", Denial.Domains);
        var policy = Known(await Tenant.ReadMethodsPolicyAsync(cancellationToken), "The authentication methods policy", Denial.Policies);
        var administrators = Known(await Tenant.ReadAdministratorsAsync(cancellationToken), "The directory roles", Denial.Roles);
        var members = rollout is { Enabled: false } ? await ReadMembersAsync(rollout, cancellationToken) : [];
        var move = policy is null
            ? null
            : await new MoveContextReader(Tenant).ReadAsync(plan, administrators ?? [], policy, asOf, cancellationToken);
        return new RetireView(
            rollout,
            members,
            [],
            administrators ?? [],
            move,
            await ReadBreakGlassAsync(plan, members, campaign: null, domains, cancellationToken),
            [.. Problems(), .. move?.Problems ?? []]);
    }

    private async Task<ImmutableArray<DirectoryUser>> ReadMembersAsync(RolloutPolicy rollout, CancellationToken cancellationToken)
    {
        var users = new Dictionary<Guid, DirectoryUser>();
        foreach (var group in rollout.Groups)
        {
            var what = $"The members of the group {group:D} of the staged rollout";
            if (Known(await Tenant.ReadGroupContentAsync(group, cancellationToken), what, Denial.Groups) is not { } content)
            {
                continue;
            }

            try
            {
                await foreach (var user in Tenant.ReadMembersAsync(group, cancellationToken))
                {
                    users[user.Id] = user;
                }
            }
            catch (TenantReadException error)
            {
                Unread(what, error.Code, Denial.Groups);
                continue;
            }

            // Accounts come in pages from an index that may lag; whom only the group itself has is asked for one by one.
            foreach (var user in await ReadUsersAsync(content.Users.Where(user => !users.ContainsKey(user)), "A member of a group of the staged rollout", cancellationToken))
            {
                users[user.Id] = user;
            }
        }

        return Sorted([.. users.Values]);
    }

    private async Task<ImmutableArray<ReturningDomain>> ReadReturningAsync(
        RolloutPolicy rollout, ImmutableArray<DirectoryUser> members, ImmutableArray<DirectoryDomain> domains, CancellationToken cancellationToken)
    {
        var users = members.GroupBy(static user => user.PrincipalName.Domain, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static group => group.Key.ToLowerInvariant(), static group => (long?)group.LongCount(), StringComparer.OrdinalIgnoreCase);
        if (rollout.ForEverybody)
        {
            // Then the groups say nothing about whom it concerns.
            users = domains.Where(static domain => domain.Federated)
                .ToDictionary(static domain => domain.Name.ToLowerInvariant(), static _ => (long?)null, StringComparer.OrdinalIgnoreCase);
        }

        var returning = ImmutableArray.CreateBuilder<ReturningDomain>();
        foreach (var (name, count) in users.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            returning.Add(await ReadReturningAsync(name, count, domains, cancellationToken));
        }

        return returning.ToImmutable();
    }

    private async Task<ReturningDomain> ReadReturningAsync(
        string name, long? users, ImmutableArray<DirectoryDomain> domains, CancellationToken cancellationToken)
    {
        var nearest = domains.Where(domain => RoutedDomains.IsWithin(name, domain.Name)).MaxBy(static domain => domain.Name.Length);
        if (nearest is not { Federated: true })
        {
            return new ReturningDomain(name, users, nearest?.Federated, Root: null, Federation: null);
        }

        var (root, federation) = await RootFederation.ReadAsync(Tenant, name, domains, cancellationToken);
        return federation is Observed<FederationSettings?>.Seen { Value: null }
            ? new ReturningDomain(name, users, Federated: true, Root: null, Federation: null)
            : new ReturningDomain(name, users, Federated: true, root.ToLowerInvariant(), federation);
    }
}
