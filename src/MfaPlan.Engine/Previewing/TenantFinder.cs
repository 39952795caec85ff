using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>What every reader of a view shares: groups found by name, and what was not found or not read noted as a problem, never taken as absent.</summary>
/// <param name="tenant">The tenant.</param>
public abstract class TenantFinder(ITenantReader tenant)
{
    private readonly ImmutableArray<GuardResult>.Builder _problems = ImmutableArray.CreateBuilder<GuardResult>();

    /// <summary>The tenant.</summary>
    private protected ITenantReader Tenant { get; } = tenant;

    /// <summary>What was noted so far.</summary>
    private protected ImmutableArray<GuardResult> Problems() => _problems.ToImmutable();

    /// <summary>In order of object id, each once: in two groups, or in a group and by name, is in scope all the same.</summary>
    private protected static ImmutableArray<DirectoryUser> Sorted(List<DirectoryUser> users)
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

    /// <summary>The break-glass accounts as they are, with their methods, and whether the scope has them.</summary>
    private protected async Task<ImmutableArray<BreakGlassAccount>> ReadBreakGlassAsync(
        Plan plan,
        ImmutableArray<DirectoryUser> scope,
        WantedCampaign? campaign,
        ImmutableArray<DirectoryDomain> domains,
        CancellationToken cancellationToken)
    {
        var accounts = ImmutableArray.CreateBuilder<BreakGlassAccount>();
        var ids = plan.Protect?.BreakGlass ?? [];
        var methods = new Dictionary<Guid, Observed<UserMethods>>();
        await foreach (var read in Tenant.ReadMethodsAsync(ids, MethodParts.Methods, cancellationToken))
        {
            methods[read.User] = read.Methods;
        }

        foreach (var id in ids)
        {
            var found = await Tenant.FindUserAsync(id.ToString("D"), cancellationToken);
            Observed<DirectoryUser?> user = found switch
            {
                Observed<ImmutableArray<DirectoryUser>>.Seen seen =>
                    new Observed<DirectoryUser?>.Seen(seen.Value.IsEmpty ? null : seen.Value[0], seen.At),
                Observed<ImmutableArray<DirectoryUser>>.Unknown unknown => new Observed<DirectoryUser?>.Unknown(unknown.Code),
                _ => throw new InvalidOperationException("A read is seen or unknown."),
            };
            accounts.Add(new BreakGlassAccount(
                id, user, methods.GetValueOrDefault(id) ?? new Observed<UserMethods>.Unknown("notRead"), scope.Any(user => user.Id == id),
                user.SeenOrDefault is { } account ? TenantView.OnFederatedDomain(account, domains) : null)
            {
                InCampaign = campaign is not null && campaign.Group.Members.Contains(id),
            });
        }

        return accounts.ToImmutable();
    }

    /// <summary>Groups with their members; one that is a problem is left out.</summary>
    /// <param name="names">Ids or names.</param>
    /// <param name="where">The plan's member that names them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    private protected async Task<ImmutableArray<(string Group, ImmutableHashSet<Guid> Members)>> ReadGroupsAsync(
        ImmutableArray<string> names, string where, CancellationToken cancellationToken)
    {
        var groups = ImmutableArray.CreateBuilder<(string Group, ImmutableHashSet<Guid> Members)>();
        foreach (var name in names)
        {
            if (await FindGroupAsync(name, where, cancellationToken) is { } group
                && Known(await Tenant.ReadMemberIdsAsync(group.Id, cancellationToken), $"The group {name}", Denial.Groups) is { } members)
            {
                groups.Add((name, members));
            }
        }

        return groups.ToImmutable();
    }

    /// <summary>The one group that a part of the plan names; null where there is none or several, which is a problem.</summary>
    private protected async Task<DirectoryGroup?> FindGroupAsync(string name, string where, CancellationToken cancellationToken)
    {
        var groups = Known(await Tenant.FindGroupsAsync(name, cancellationToken), $"The group {name}", Denial.Groups);
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

    /// <summary>Users by object id, in that order; one that is gone is left out, one that could not be read is a problem.</summary>
    /// <param name="ids">Object ids, each once.</param>
    /// <param name="what">What each of them is, for the problem.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    private protected async Task<ImmutableArray<DirectoryUser>> ReadUsersAsync(IEnumerable<Guid> ids, string what, CancellationToken cancellationToken)
    {
        var users = new List<DirectoryUser>();
        foreach (var id in ids.Order())
        {
            if (Known(await Tenant.FindUserAsync(id.ToString("D"), cancellationToken), what, Denial.Users) is { IsDefault: false } found)
            {
                users.AddRange(found);
            }
        }

        return Sorted(users);
    }

    /// <summary>What was read; nothing where it was not, which is a problem.</summary>
    private protected T? Known<T>(Observed<T> observed, string what, string permission)
    {
        if (observed is Observed<T>.Seen seen)
        {
            return seen.Value;
        }

        Unread(what, ((Observed<T>.Unknown)observed).Code, permission);
        return default;
    }

    /// <summary>Notes that something could not be read.</summary>
    private protected void Unread(string what, string code, string permission) => _problems.Add(new GuardResult(
        GuardDiagnostics.TenantUnread.Code,
        GuardVerdict.Unknown,
        $"{what} could not be read ({code}). Nothing is concluded from what was not read: mend the cause and preview again.{Denial.Remedy(code, permission)}"));

    /// <summary>Notes that something stands in the way.</summary>
    private protected void Refuse(DiagnosticDescriptor guard, string message) =>
        _problems.Add(new GuardResult(guard.Code, GuardVerdict.Refuses, message));
}
