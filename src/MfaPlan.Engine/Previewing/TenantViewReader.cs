using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads what a plan needs to know of the tenant as a whole. What cannot be read becomes a problem, never an absence.</summary>
/// <param name="tenant">The tenant.</param>
public sealed class TenantViewReader(ITenantReader tenant)
{
    private readonly ImmutableArray<GuardResult>.Builder _problems = ImmutableArray.CreateBuilder<GuardResult>();

    /// <summary>Reads the view; once a reader.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="withCampaign">Whether the registration campaign is needed even where the plan does not ask for one.</param>
    public async Task<TenantView> ReadAsync(Plan plan, CancellationToken cancellationToken, bool withCampaign = false)
    {
        var scope = await ReadScopeAsync(plan, cancellationToken);
        var policy = Known(await tenant.ReadMethodsPolicyAsync(cancellationToken), "The authentication methods policy", Denial.Policies);
        var administrators = Known(await tenant.ReadAdministratorsAsync(cancellationToken), "The directory roles", Denial.Roles);
        var domains = Known(await tenant.ReadDomainsAsync(cancellationToken), "The domains", Denial.Domains);
        var neverWrite = ImmutableArray.CreateBuilder<(string Group, ImmutableHashSet<Guid> Members)>();
        foreach (var name in plan.Protect?.NeverWrite ?? [])
        {
            if (await FindGroupAsync(name, "protect.neverWrite", cancellationToken) is { } group
                && Known(await tenant.ReadMemberIdsAsync(group.Id, cancellationToken), $"The group {name}", Denial.Groups) is { } members)
            {
                neverWrite.Add((name, members));
            }
        }

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
            neverWrite.ToImmutable(),
            breakGlass,
            domains.IsDefault ? [] : domains,
            _problems.ToImmutable())
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
        if (Known(await tenant.ReadCampaignAsync(cancellationToken), "The registration campaign", Denial.Policies) is not { } campaign)
        {
            return policy;
        }

        var members = policy.Members.ToBuilder();
        foreach (var group in campaign.Include.Concat(campaign.Exclude).Where(static target => !target.IsUser)
            .Select(static target => target.Id).OfType<Guid>().Distinct().Where(group => !policy.Members.ContainsKey(group)).Order())
        {
            if (Known(await tenant.ReadMemberIdsAsync(group, cancellationToken), $"The group {group:D} of the registration campaign", Denial.Groups) is { } found)
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
                && Known(await tenant.ReadMemberIdsAsync(found.Id, cancellationToken), $"The group {name}", Denial.Groups) is { } members
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
                await foreach (var user in tenant.ReadMembersAsync(group.Id, cancellationToken))
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
            if (Known(await tenant.FindUserAsync(name, cancellationToken), "A user of migrate.users", Denial.Users) is not { IsDefault: false } found)
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

    /// <summary>In order of object id, each once: in two groups, or in a group and by name, is in scope all the same.</summary>
    private static ImmutableArray<DirectoryUser> Sorted(List<DirectoryUser> users)
    {
        users.Sort(static (one, other) => one.Id.CompareTo(other.Id));
        var once = ImmutableArray.CreateBuilder<DirectoryUser>(users.Count);
        foreach (var user in users)
        {
            if (once.Count == 0 || once[^1].Id != user.Id)
            {
                once.Add(user);
            }
        }

        return once.DrainToImmutable();
    }

    private async Task<ImmutableArray<BreakGlassAccount>> ReadBreakGlassAsync(
        Plan plan,
        ImmutableArray<DirectoryUser> scope,
        WantedCampaign? campaign,
        ImmutableArray<DirectoryDomain> domains,
        CancellationToken cancellationToken)
    {
        var accounts = ImmutableArray.CreateBuilder<BreakGlassAccount>();
        var ids = plan.Protect?.BreakGlass ?? [];
        var methods = new Dictionary<Guid, Observed<UserMethods>>();
        await foreach (var read in tenant.ReadMethodsAsync(ids, MethodParts.Methods, cancellationToken))
        {
            methods[read.User] = read.Methods;
        }

        foreach (var id in ids)
        {
            var found = await tenant.FindUserAsync(id.ToString("D"), cancellationToken);
            Observed<DirectoryUser?> user = found switch
            {
                Observed<ImmutableArray<DirectoryUser>>.Seen seen =>
                    new Observed<DirectoryUser?>.Seen(seen.Value.IsEmpty ? null : seen.Value[0], seen.At),
                Observed<ImmutableArray<DirectoryUser>>.Unknown unknown => new Observed<DirectoryUser?>.Unknown(unknown.Code),
                _ => throw new InvalidOperationException("A read is seen or unknown."),
            };
            accounts.Add(new BreakGlassAccount(
                id, user, methods.GetValueOrDefault(id) ?? new Observed<UserMethods>.Unknown("notRead"), scope.Any(user => user.Id == id),
                OnFederatedDomain(user.SeenOrDefault, domains))
            {
                InCampaign = campaign is not null && campaign.Group.Members.Contains(id),
            });
        }

        return accounts.ToImmutable();
    }

    private static bool? OnFederatedDomain(DirectoryUser? user, ImmutableArray<DirectoryDomain> domains)
    {
        if (user is null || domains.IsDefault)
        {
            return null;
        }

        var name = user.PrincipalName.Reveal();
        var domain = name[(name.LastIndexOf('@') + 1)..];
        return domains.FirstOrDefault(known => known.Name.Equals(domain, StringComparison.OrdinalIgnoreCase))?.Federated;
    }

    private async Task<DirectoryGroup?> FindGroupAsync(string name, string where, CancellationToken cancellationToken)
    {
        var groups = Known(await tenant.FindGroupsAsync(name, cancellationToken), $"The group {name}", Denial.Groups);
        if (groups.IsDefault)
        {
            return null;
        }

        switch (groups.Length)
        {
            case 0:
                Refuse(GuardDiagnostics.GroupNotFound,
                    $"The tenant has no group \"{name}\", named in {where}. Correct the name, or name the group by its object id.");
                return null;
            case 1:
                return groups[0];
            default:
                Refuse(GuardDiagnostics.GroupNotUnique,
                    $"The tenant has {groups.Length} groups named \"{name}\" ({string.Join(", ", groups.Select(static group => group.Id).Order())}). "
                    + $"Name the one meant in {where} by its object id.");
                return null;
        }
    }

    private T? Known<T>(Observed<T> observed, string what, string permission)
    {
        if (observed is Observed<T>.Seen seen)
        {
            return seen.Value;
        }

        Unread(what, ((Observed<T>.Unknown)observed).Code, permission);
        return default;
    }

    private void Unread(string what, string code, string permission) => _problems.Add(new GuardResult(
        GuardDiagnostics.TenantUnread.Code,
        GuardVerdict.Unknown,
        $"{what} could not be read ({code}). Nothing is concluded from what was not read: mend the cause and preview again.{Denial.Remedy(code, permission)}"));

    private void Refuse(DiagnosticDescriptor guard, string message) =>
        _problems.Add(new GuardResult(guard.Code, GuardVerdict.Refuses, message));
}
