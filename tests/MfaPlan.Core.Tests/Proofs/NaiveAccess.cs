using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Tests.Proofs;

/// <summary>
/// A second, deliberately naive judge of demands: it tries every sign-in of a small world, in every world that what is not known leaves
/// possible, and asks whether one policy lets none of them through without MFA.
/// </summary>
internal static class NaiveAccess
{
    private static readonly string[] Apps = ["a1", "a2", "Office365"];
    private static readonly string[] Clients = ["browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"];
    private static readonly string[] Systems = ["windows", "iOS"];
    private static readonly string[] Places = ["l1", "elsewhere"];

    /// <summary>Whether a policy demands MFA of the user at every sign-in, whatever the unknowns turn out to be.</summary>
    public static bool Demands(AccessView view, Guid user) => view.Policies.Any(policy => Worlds(policy).All(world => SignIns().All(signIn =>
        Applies(policy, view, user, world, signIn) && !GrantsWithoutMfa(policy.Controls, view))));

    private static IEnumerable<int> Worlds(AccessPolicy policy) =>
        Enumerable.Range(0, policy.UnjudgedConditions.IsEmpty && policy.UnjudgedControls.IsEmpty ? 4 : 0).DefaultIfEmpty(-1);

    private static IEnumerable<(string App, string Client, string System, string Place, bool Risk, bool Flow)> SignIns() =>
        from app in Apps
        from client in Clients
        from system in Systems
        from place in Places
        from risk in new[] { false, true }
        from flow in new[] { false, true }
        select (app, client, system, place, risk, flow);

    private static bool Applies(
        AccessPolicy policy, AccessView view, Guid user, int world, (string App, string Client, string System, string Place, bool Risk, bool Flow) signIn)
    {
        var on = policy.Conditions;
        return world >= 0
            && policy.State == AccessState.Enabled
            && In(policy.Include, view, user, (world & 1) > 0)
            && !In(policy.Exclude, view, user, (world & 2) > 0)
            && policy.Resources is { UserActions.IsEmpty: true, Contexts.IsEmpty: true, Filtered: false }
            && (policy.Resources.Include.Contains("All") || policy.Resources.Include.Contains(signIn.App))
            && !policy.Resources.Exclude.Contains(signIn.App)
            && (on.ClientApps.Contains("all") || on.ClientApps.Contains(signIn.Client))
            && (on.Platforms.IsEmpty || on.Platforms.Contains("all") || on.Platforms.Contains(signIn.System))
            && !on.NotPlatforms.Contains(signIn.System)
            && (on.Locations.IsEmpty || on.Locations.Contains("All") || on.Locations.Contains(signIn.Place))
            && !on.NotLocations.Contains(signIn.Place)
            && (on.Risks.IsEmpty || signIn.Risk)
            && (on.Flows.IsEmpty || signIn.Flow)
            && on is { Devices: null, Workloads: false };
    }

    private static bool In(AccessUsers side, AccessView view, Guid user, bool chance) =>
        side.All || side.Users.Contains(user)
        || side.Groups.Any(group => view.Groups[group] is Observed<System.Collections.Immutable.ImmutableHashSet<Guid>>.Seen seen
            ? seen.Value.Contains(user)
            : chance)
        || side.Roles.Any(role => view.Roles[role] is Observed<RoleHolders>.Seen seen
            ? seen.Value.Active.Contains(user) || (seen.Value.Perhaps.Contains(user) && chance)
            : chance);

    // Tries every way to answer the controls without MFA.
    private static bool GrantsWithoutMfa(AccessControls controls, AccessView view)
    {
        if (controls.BuiltIn.Contains("block"))
        {
            return true; // nobody gets in, and nobody is asked for MFA
        }

        var answers = controls.BuiltIn.Select(static word => word != "mfa")
            .Concat(Enumerable.Repeat(element: true, controls.Others))
            .Concat(controls.Strength is { } id ? [!view.Strength(id)!.IsMfa] : [])
            .ToList();
        return answers.Count == 0 || (controls.Operator == "AND" ? answers.TrueForAll(static without => without) : answers.Exists(static without => without));
    }
}
