using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads what a wave needs to know of the tenant as a whole. What cannot be read becomes a problem, never an absence.</summary>
/// <param name="tenant">The tenant.</param>
public sealed class WaveViewReader(ITenantReader tenant) : TenantFinder(tenant)
{
    /// <summary>Reads the view; once a reader.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="wave">One of its waves.</param>
    /// <param name="asOf">Now, by the tenant's clock.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<WaveView> ReadAsync(Plan plan, Wave wave, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var sources = new HashSet<Guid>();
        var named = await ReadNamedAsync(wave, sources, cancellationToken);
        var policy = Known(await Tenant.ReadMethodsPolicyAsync(cancellationToken), "The authentication methods policy", Denial.Policies);
        var administrators = Known(await Tenant.ReadAdministratorsAsync(cancellationToken), "The directory roles", Denial.Roles);
        var domains = Known(await Tenant.ReadDomainsAsync(cancellationToken), "The domains", Denial.Domains);
        var rollout = Known(await Tenant.ReadRolloutAsync(cancellationToken), "The staged rollout", Denial.Rollout);
        var into = await ReadIntoAsync(wave, rollout, cancellationToken);
        foreach (var group in into.Where(group => sources.Contains(group.Group.Id)))
        {
            Refuse(WaveGuards.GroupKind,
                $"The wave {wave.Name} takes its users from the group {group.Name} and fills it. Whoever joined it later would be moved at once and unproved: name a group of its own in into.");
        }

        var move = policy is null
            ? null
            : await new MoveContextReader(Tenant).ReadAsync(plan, administrators ?? [], policy, asOf, cancellationToken);
        var ids = named.Select(static user => user.Id).ToHashSet();
        var others = await ReadUsersAsync(
            into.SelectMany(static group => group.Content.Users).Where(user => !ids.Contains(user)).Distinct(), "A member of a group of the wave", cancellationToken);
        return new WaveView(
            named,
            others,
            rollout,
            into,
            await ReadOursAsync(plan, wave, into, rollout, cancellationToken),
            await ReadElsewhereAsync(rollout, into, cancellationToken),
            policy,
            administrators ?? [],
            move,
            await ReadBreakGlassAsync(plan, named.AddRange(others), campaign: null, domains, cancellationToken),
            domains.IsDefault ? [] : domains,
            [.. Problems(), .. move?.Problems ?? []]);
    }

    /// <summary>The users of the source groups, whose ids are noted.</summary>
    private async Task<ImmutableArray<DirectoryUser>> ReadNamedAsync(Wave wave, HashSet<Guid> sources, CancellationToken cancellationToken)
    {
        var users = new List<DirectoryUser>();
        foreach (var name in wave.From)
        {
            if (await FindGroupAsync(name, $"from of the wave {wave.Name}", cancellationToken) is not { } group)
            {
                continue;
            }

            sources.Add(group.Id);
            try
            {
                await foreach (var user in Tenant.ReadMembersAsync(group.Id, cancellationToken))
                {
                    users.Add(user);
                }
            }
            catch (TenantReadException error)
            {
                Unread($"The members of the group {name}", error.Code, Denial.Groups);
            }
        }

        return Sorted(users);
    }

    private async Task<ImmutableArray<WaveGroup>> ReadIntoAsync(Wave wave, RolloutPolicy? rollout, CancellationToken cancellationToken)
    {
        var into = ImmutableArray.CreateBuilder<WaveGroup>();
        foreach (var name in wave.Into)
        {
            if (await FindGroupAsync(name, $"into of the wave {wave.Name}", cancellationToken) is { } group
                && Known(await Tenant.ReadGroupContentAsync(group.Id, cancellationToken), $"The members of the group {name}", Denial.Groups) is { } content)
            {
                into.Add(new WaveGroup(name, group, content, rollout is { Enabled: true } && rollout.Groups.Contains(group.Id)));
            }
        }

        return [.. into.DistinctBy(static group => group.Group.Id)];
    }

    /// <summary>The groups of all waves; asked for only where the rollout has groups that this wave does not fill.</summary>
    private async Task<ImmutableHashSet<Guid>> ReadOursAsync(
        Plan plan, Wave wave, ImmutableArray<WaveGroup> into, RolloutPolicy? rollout, CancellationToken cancellationToken)
    {
        var ours = into.Select(static group => group.Group.Id).ToImmutableHashSet();
        if (rollout is null || rollout.Groups.All(ours.Contains))
        {
            return ours;
        }

        foreach (var name in plan.Rollout!.Waves.Where(other => other.Name != wave.Name).SelectMany(static other => other.Into))
        {
            // A group of a later wave that is not there yet is no matter of this one.
            var found = Known(await Tenant.FindGroupsAsync(name, cancellationToken), $"The group {name}", Denial.Groups);
            ours = found.IsDefault ? ours : ours.Union(found.Select(static group => group.Id));
        }

        return ours;
    }

    private async Task<ImmutableHashSet<Guid>> ReadElsewhereAsync(
        RolloutPolicy? rollout, ImmutableArray<WaveGroup> into, CancellationToken cancellationToken)
    {
        var elsewhere = ImmutableHashSet.CreateBuilder<Guid>();
        foreach (var group in (rollout?.Groups ?? []).Where(group => !into.Any(own => own.Group.Id == group)))
        {
            elsewhere.UnionWith(
                Known(await Tenant.ReadMemberIdsAsync(group, cancellationToken), $"The members of the group {group:D} of the staged rollout", Denial.Groups) ?? []);
        }

        return elsewhere.ToImmutable();
    }
}
