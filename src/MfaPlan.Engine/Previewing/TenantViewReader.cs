using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads what a plan needs to know of the tenant as a whole. What cannot be read becomes a problem, never an absence.</summary>
/// <param name="tenant">The tenant.</param>
public sealed class TenantViewReader(ITenantReader tenant) : TenantFinder(tenant)
{
    /// <summary>Reads the view; once a reader.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="withCampaign">Whether the registration campaign is needed even where the plan does not ask for one.</param>
    public async Task<TenantView> ReadAsync(Plan plan, CancellationToken cancellationToken, bool withCampaign = false)
    {
        var scope = await ReadScopeAsync(plan, cancellationToken);
        var policy = Known(await Tenant.ReadMethodsPolicyAsync(cancellationToken), "The authentication methods policy", Denial.Policies);
        var administrators = Known(await Tenant.ReadAdministratorsAsync(cancellationToken), "The directory roles", Denial.Roles);
        var domains = Known(await Tenant.ReadDomainsAsync(cancellationToken), "The domains", Denial.Domains);
        var neverWrite = await ReadGroupsAsync(plan.Protect?.NeverWrite ?? [], "protect.neverWrite", cancellationToken);
        var known = new Dictionary<string, EnsuredGroup?>(StringComparer.Ordinal);
        var ensured = await ReadEnsuredAsync(plan.Policy?.Ensure, known, cancellationToken);
        var campaign = await ReadWantedAsync(plan.ReRegister?.Campaign, known, cancellationToken);
        if (policy is not null && (campaign is not null || withCampaign))
        {
            policy = await WithCampaignAsync(policy, cancellationToken);
        }

        var breakGlass = await ReadBreakGlassAsync(plan, scope, campaign, domains, cancellationToken);
        return new TenantView(
            scope,
            policy,
            administrators ?? [],
            neverWrite,
            breakGlass,
            domains.IsDefault ? [] : domains,
            Problems())
        {
            Ensured = ensured,
            Campaign = campaign,
        };
    }

    private async Task<WantedCampaign?> ReadWantedAsync(
        Campaign? campaign, Dictionary<string, EnsuredGroup?> known, CancellationToken cancellationToken) =>
        campaign is not null
        && await ReadEnsuredGroupAsync(campaign.Group, "reRegister.campaign.group", known, cancellationToken) is { } group
            ? new WantedCampaign(group, (int)campaign.Snooze.Value.TotalDays)
            : null;

    /// <summary>The policy with the campaign that it has and the members of the groups that this names.</summary>
    private async Task<MethodsPolicy> WithCampaignAsync(MethodsPolicy policy, CancellationToken cancellationToken)
    {
        if (Known(await Tenant.ReadCampaignAsync(cancellationToken), "The registration campaign", Denial.Policies) is not { } campaign)
        {
            return policy;
        }

        var members = policy.Members.ToBuilder();
        foreach (var group in campaign.Include.Concat(campaign.Exclude).Where(static target => !target.IsUser)
            .Select(static target => target.Id).OfType<Guid>().Distinct().Where(group => !policy.Members.ContainsKey(group)).Order())
        {
            if (Known(await Tenant.ReadMemberIdsAsync(group, cancellationToken), $"The group {group:D} of the registration campaign", Denial.Groups) is { } found)
            {
                members[group] = found;
            }
        }

        return policy with { Campaign = campaign, Members = members.ToImmutable() };
    }

    private async Task<ImmutableArray<EnsuredMethod>> ReadEnsuredAsync(
        EnsurePart? ensure, Dictionary<string, EnsuredGroup?> known, CancellationToken cancellationToken)
    {
        var methods = ImmutableArray.CreateBuilder<EnsuredMethod>();
        foreach (var (kind, names, forbidSignIn) in new (MethodKind Kind, ImmutableArray<string>? Names, bool ForbidSignIn)[]
        {
            (MethodKind.Sms, ensure?.Sms?.Groups, ensure?.Sms is { SignIn: SignInByText.Forbid }),
            (MethodKind.Voice, ensure?.Voice?.Groups, false),
            (MethodKind.Authenticator, ensure?.MicrosoftAuthenticator?.Groups, false),
            (MethodKind.SoftwareOath, ensure?.SoftwareOath?.Groups, false),
            (MethodKind.HardwareOath, ensure?.HardwareOath?.Groups, false),
        })
        {
            var groups = new List<EnsuredGroup>();
            foreach (var name in names ?? [])
            {
                var group = await ReadEnsuredGroupAsync(name, $"policy.ensure.{MethodWords.InPlan(kind)}.groups", known, cancellationToken);
                groups.AddRange(group is null ? [] : [group]);
            }

            if (groups.Count > 0)
            {
                methods.Add(new EnsuredMethod(kind, [.. groups.DistinctBy(static group => group.Id)], forbidSignIn));
            }
        }

        return methods.ToImmutable();
    }

    /// <summary>A group that the policy is to name; one that several parts of the plan name is read, and missed, once.</summary>
    private async Task<EnsuredGroup?> ReadEnsuredGroupAsync(
        string name, string where, Dictionary<string, EnsuredGroup?> known, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(name, out var group))
        {
            known[name] = group = await FindGroupAsync(name, where, cancellationToken) is { } found
                && Known(await Tenant.ReadMemberIdsAsync(found.Id, cancellationToken), $"The group {name}", Denial.Groups) is { } members
                ? new EnsuredGroup(name, found.Id, members)
                : null;
        }

        return group;
    }

    private async Task<ImmutableArray<DirectoryUser>> ReadScopeAsync(Plan plan, CancellationToken cancellationToken)
    {
        var scope = new List<DirectoryUser>();
        foreach (var name in plan.Migrate.Groups)
        {
            if (await FindGroupAsync(name, "migrate.groups", cancellationToken) is not { } group)
            {
                continue;
            }

            try
            {
                await foreach (var user in Tenant.ReadMembersAsync(group.Id, cancellationToken))
                {
                    scope.Add(user);
                }
            }
            catch (TenantReadException error)
            {
                Unread($"The members of the group {name}", error.Code, Denial.Groups);
            }
        }

        foreach (var name in plan.Migrate.Users)
        {
            if (Known(await Tenant.FindUserAsync(name, cancellationToken), "A user of migrate.users", Denial.Users) is not { IsDefault: false } found)
            {
                continue;
            }

            if (found.IsEmpty)
            {
                Refuse(GuardDiagnostics.UserNotFound,
                    $"The tenant has no user \"{Core.Privacy.Mask.Name(name)}\", named in migrate.users. Correct the name or take it out.");
            }

            foreach (var user in found)
            {
                scope.Add(user);
            }
        }

        return Sorted(scope);
    }
}
