using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Waves;

/// <summary>
/// From a user of a wave to that user's unit: into a group of the rollout, or left where the user is, with the reason. Whoever could not answer
/// an MFA demand of the cloud is not moved. Pure; one user at a time.
/// </summary>
public static class WavePlanner
{
    private const string Rule = "rollout.waves.from";

    /// <summary>Whether a user's methods must be read: not where the account alone leaves the user out.</summary>
    public static bool NeedsMethods(WaveContext context, WaveUser user) => user.Named && !LeftOut(context, user, findings: null);

    /// <summary>Whether a user as planned is moved by the wave, or was moved by it already.</summary>
    public static bool Moves(Unit unit) => unit.Usability is { Now: true }
        && !unit.Findings.Any(static finding => FindingCatalog.Of(finding).Descriptor.Severity == Severity.Error);

    /// <summary>Plans one user.</summary>
    /// <param name="context">The wave.</param>
    /// <param name="user">The user.</param>
    /// <param name="methods">As read now; null where <see cref="NeedsMethods"/> says that they do not matter.</param>
    /// <param name="filler">Gives the group; asked for users who are moved only.</param>
    public static Unit ForUser(WaveContext context, WaveUser user, Observed<UserMethods>? methods, GroupFiller filler)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var unit = new Unit(UnitId.ForUser(user.User.Id), context.Stage, [], [])
        {
            Name = user.User.PrincipalName,
            Administrator = context.Administrators.Contains(user.User.Id),
            Guest = user.User.Guest,
        };
        if (!user.Named)
        {
            findings.Add(RoutingFindings.AddedBehindUs.Found().With("group", context.GroupOf(user.User.Id)?.Name ?? ""));
            return unit with { Findings = findings.ToImmutable() };
        }

        if (LeftOut(context, user, findings))
        {
            return unit with { Findings = findings.ToImmutable() };
        }

        if (methods is not Observed<UserMethods>.Seen { Value: var seen })
        {
            var code = (methods as Observed<UserMethods>.Unknown)?.Code ?? throw new ArgumentException("This user's methods were needed and not given.", nameof(methods));
            findings.Add(FindingCatalog.Unread.Found().With("code", code).With("remedy", Denial.Remedy(code, Denial.Methods)));
            return unit with { Unknown = code, Findings = findings.ToImmutable() };
        }

        var usability = UsabilityRule.Judge(user.User.Id, seen, seen, context.Policy);
        if (!user.Migrated)
        {
            findings.Add(RoutingFindings.NotBroughtOver.Found());
        }

        var move = MayMove(usability, findings);
        var group = move && context.GroupOf(user.User.Id) is null ? filler.Next() : null;
        return unit with
        {
            Usability = usability,
            Changes = group is null ? [] : [new Change.RouteUser(group.Group.Id, After: true, Rule)],
            Findings = findings.ToImmutable(),
        };
    }

    private static bool MayMove(Usability usability, ImmutableArray<Finding>.Builder findings)
    {
        if (!usability.Now)
        {
            findings.Add(RoutingFindings.WouldBeLockedOut.Found());
            return false;
        }

        if (!usability.Survives)
        {
            findings.Add(FindingCatalog.PhoneOnly.Found()
                .With("date", RuleData.PhonesEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        return true;
    }

    /// <summary>The rules that leave a user out by the account alone, each with its finding.</summary>
    private static bool LeftOut(WaveContext context, WaveUser user, ImmutableArray<Finding>.Builder? findings)
    {
        var account = user.User;
        var include = context.Plan.Migrate.Include;
        var leftOut = false;
        if (context.BreakGlass.Contains(account.Id))
        {
            Leave(FindingCatalog.BreakGlass.Found());
        }

        foreach (var (group, members) in context.NeverRoute.Where(protect => protect.Members.Contains(account.Id)))
        {
            Leave(RoutingFindings.NeverRouted.Found().With("group", group));
        }

        leftOut |= AccountRules.Judge(include.EntraDisabled, !account.Enabled, FindingCatalog.EntraDisabled, findings);
        leftOut |= AccountRules.Judge(include.Guests, account.Guest, FindingCatalog.Guest, findings);
        leftOut |= AccountRules.Judge(include.Admins, context.Administrators.Contains(account.Id), FindingCatalog.Administrator, findings);
        if (!account.Synced)
        {
            Leave(RoutingFindings.RolloutNeedsSync.Found());
        }
        else if (!context.Federated.Contains(DomainOf(account)))
        {
            Leave(RoutingFindings.NotFederated.Found().With("domain", DomainOf(account)));
        }

        if (context.Elsewhere.Contains(account.Id))
        {
            Leave(RoutingFindings.RoutedElsewhere.Found());
        }

        return leftOut;

        void Leave(Finding finding)
        {
            findings?.Add(finding);
            leftOut = true;
        }
    }

    private static string DomainOf(DirectoryUser user)
    {
        var name = user.PrincipalName.Reveal();
        return name[(name.LastIndexOf('@') + 1)..];
    }
}
