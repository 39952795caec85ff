using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.Ports;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Applying;

/// <summary>
/// Proves again, from reads in the instant before the write, that a way back takes nobody's last usable method and sends nobody to MFA that no
/// longer serves: between its preview and this moment a user may have lost the app that stood beside the number which is taken out, and a
/// domain may enforce its identity provider's MFA by now. Which methods are allowed is read once, when the way back begins.
/// </summary>
/// <param name="tenant">The tenant, for accounts, policies, groups and federations.</param>
/// <param name="looks">The same tenant, for one user's methods.</param>
/// <param name="plan">The plan.</param>
/// <param name="footer">What the preview found and the guards let pass: losses that were previewed are no news.</param>
/// <param name="time">The tenant's clock: what Microsoft has retired answers nothing.</param>
public sealed class FreshWayBack(ITenantReader tenant, ITenantLooks looks, Plan plan, ChangeSetFooter footer, TimeProvider time)
{
    private Observed<MethodsPolicy>? _policy;

    /// <summary>What stands in the way of a unit, as the code of a finding, of a guard or of a read; null where nothing does.</summary>
    public async Task<string?> StandsInTheWayAsync(Unit unit, CancellationToken cancellationToken)
    {
        if (unit.Changes.Any(static change => change is Change.SetPhone or Change.OfToken))
        {
            return await OfUserAsync(unit, cancellationToken);
        }

        if (unit.Changes.Any(static change => change is Change.AllowMethod))
        {
            return await OfPolicyAsync(unit, cancellationToken);
        }

        var (moved, unread) = await MovedBackAsync(unit, cancellationToken);
        return unread ?? await DeadEndAsync(moved, cancellationToken);
    }

    private async Task<string?> OfUserAsync(Unit unit, CancellationToken cancellationToken)
    {
        if (unit.Usability is { Now: true, After: false })
        {
            return null; // previewed so, and let pass by limits.noMethod
        }

        _policy ??= await tenant.ReadMethodsPolicyAsync(cancellationToken);
        var parts = unit.Changes.Aggregate(MethodParts.Methods, static (parts, change) => parts | change.Parts);
        var look = await looks.LookAsync(unit.Id.User, parts, unit.TokenSerials(), cancellationToken);
        return (_policy, look) switch
        {
            (Observed<MethodsPolicy>.Unknown unknown, _) => unknown.Code,
            (_, Observed<UserMethods>.Unknown unknown) => unknown.Code,
            _ when unit.Changes.Any(change => Compare.Of(change, look) == Position.Other) => FindingCatalog.ChangedSince.Code,
            (Observed<MethodsPolicy>.Seen { Value: var policy }, Observed<UserMethods>.Seen { Value: var now }) =>
                Loses(unit.Id.User, (now, policy), (unit.Changes.Aggregate(now, Compare.With), policy)) ? FindingCatalog.LastMethodKept.Code : null,
            _ => throw new InvalidOperationException("A read is seen or unknown."),
        };
    }

    /// <summary>A configuration that is closed again may be what somebody's last method hangs on by now.</summary>
    private async Task<string?> OfPolicyAsync(Unit unit, CancellationToken cancellationToken)
    {
        var view = await new TenantViewReader(tenant).ReadAsync(plan, cancellationToken);
        if (view is not { IsWhole: true, Policy: { } policy })
        {
            return view.Problems.IsEmpty ? GuardDiagnostics.TenantUnread.Code : view.Problems[0].Code;
        }

        var after = PolicyPlanner.After(policy, unit, []);
        var lost = 0L;
        await foreach (var read in tenant.ReadMethodsAsync(RollbackPreview.WhomThePolicyMayReach(view), MethodParts.Methods, cancellationToken))
        {
            if (read.Methods is not Observed<UserMethods>.Seen { Value: var methods })
            {
                return ((Observed<UserMethods>.Unknown)read.Methods).Code;
            }

            lost += Loses(read.User, (methods, policy), (methods, after)) ? 1 : 0;
        }

        return lost > footer.Totals.LeftWithout ? GuardDiagnostics.NoMethodLimit.Code : null;
    }

    /// <summary>Whom a unit takes out of the cloud's MFA at once, or the code of a read that failed.</summary>
    private async Task<(ImmutableHashSet<Guid> Users, string? Unread)> MovedBackAsync(Unit unit, CancellationToken cancellationToken)
    {
        var detached = unit.Changes.OfType<Change.AttachGroup>().Where(static attach => !attach.After).Select(static attach => attach.Group).ToHashSet();
        var switchedOff = unit.Changes.Any(static change => change is Change.EnableRollout { After: false });
        var taken = unit.Changes.OfType<Change.RouteUser>().Where(static route => !route.After).Select(static route => route.Group).ToHashSet();
        if (detached.Count == 0 && !switchedOff && taken.Count == 0)
        {
            return ([], null);
        }

        var rollout = await tenant.ReadRolloutAsync(cancellationToken);
        if (rollout is not Observed<RolloutPolicy?>.Seen { Value: { Enabled: true } seen })
        {
            return ([], (rollout as Observed<RolloutPolicy?>.Unknown)?.Code); // one that is off moves nobody, so nobody goes back
        }

        var (members, unread) = await GroupUsers.ReadAsync(
            tenant, seen.Groups.Where(group => switchedOff || detached.Contains(group)), cancellationToken);
        return (taken.Overlaps(seen.Groups) ? members.Add(unit.Id.User) : members, unread);
    }

    private async Task<string?> DeadEndAsync(ImmutableHashSet<Guid> moved, CancellationToken cancellationToken)
    {
        if (moved.IsEmpty)
        {
            return null;
        }

        if (await tenant.ReadDomainsAsync(cancellationToken) is not Observed<ImmutableArray<DirectoryDomain>>.Seen { Value: var domains })
        {
            return GuardDiagnostics.TenantUnread.Code;
        }

        var users = new List<DirectoryUser>();
        foreach (var id in moved.Order())
        {
            switch (await tenant.FindUserAsync(id.ToString("D"), cancellationToken))
            {
                case Observed<ImmutableArray<DirectoryUser>>.Seen seen:
                    users.AddRange(seen.Value); // whoever is gone from the directory goes nowhere
                    break;
                case Observed<ImmutableArray<DirectoryUser>>.Unknown unknown:
                    return unknown.Code;
            }
        }

        var word = await new DeadEndReader(tenant).JudgeAsync(plan, domains, users, cancellationToken);
        return word.Any(static guard => guard.Verdict != GuardVerdict.Holds) ? WayBackGuards.DeadEnd.Code : null;
    }

    private bool Loses(Guid user, (UserMethods, MethodsPolicy) now, (UserMethods, MethodsPolicy) after) =>
        UsabilityRule.Loses(user, now, after, Retirements.EndedAt(time.GetUtcNow()));
}
