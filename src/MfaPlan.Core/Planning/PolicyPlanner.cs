using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Planning;

/// <summary>From <c>policy.ensure</c>, <c>reRegister.campaign</c> and the policy as seen to the one unit of the prepare stage, and back. Pure.</summary>
public static class PolicyPlanner
{
    private const string UndoRule = "undo";

    /// <summary>The unit of the authentication methods policy.</summary>
    public static UnitId Id { get; } = UnitId.Named(UnitKind.Policy, "authenticationMethods");

    /// <summary>Plans the policy; a unit without changes says that it allows what the plan needs, or that it may not be changed.</summary>
    /// <param name="ensured">What the plan asks for, in order of kind.</param>
    /// <param name="seen">The policy.</param>
    /// <param name="campaign">The registration campaign that the plan asks for; null for none, and passed over where the policy's own was not read.</param>
    public static Unit Forward(ImmutableArray<EnsuredMethod> ensured, MethodsPolicy seen, WantedCampaign? campaign = null)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var method in ensured)
        {
            var (change, found) = PolicyRule.Decide(method, Configuration(seen, method.Method));
            findings.AddRange(found);
            if (change is not null)
            {
                changes.Add(change);
                findings.Add(Sentence(method, change, seen, ensured));
            }
        }

        if (campaign is not null && seen.Campaign is { } now)
        {
            var (change, found) = CampaignRule.Decide(campaign, now);
            findings.AddRange(found);
            if (change is not null)
            {
                changes.Add(change);
            }

            var after = After(seen, new Unit(Id, StageId.Prepare, changes.ToImmutable(), []), ensured, campaign);
            findings.AddRange(CampaignPlanner.Say(campaign, change, seen, after));
        }

        if (!ensured.IsEmpty && seen.MigrationState is { } state and not "migrationComplete")
        {
            findings.Add(FindingCatalog.LegacyPolicies.Found().With("state", state));
        }

        return new Unit(Id, StageId.Prepare, changes.ToImmutable(), findings.ToImmutable());
    }

    /// <summary>Plans the way back: a configuration is restored only where it still is as it was written.</summary>
    /// <param name="done">The unit as it was applied.</param>
    /// <param name="applied">The ids of its changes that ended applied.</param>
    /// <param name="seen">The policy.</param>
    public static Unit Back(Unit done, ImmutableArray<string> applied, MethodsPolicy seen)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var change in done.Changes.OfType<Change.AllowMethod>().Where(change => applied.Contains(change.Id, StringComparer.Ordinal)))
        {
            var now = Configuration(seen, change.Method);
            if (now.IsLike(change.After))
            {
                var back = new Change.AllowMethod(change.Method, now, change.Before, UndoRule);
                changes.Add(back);
                findings.Add(SentenceBack(back, seen));
            }
            else if (!now.IsLike(change.Before))
            {
                findings.Add(FindingCatalog.ChangedSince.Found().With("change", change.Id));
            }
        }

        if (done.Changes.OfType<Change.SetCampaign>().FirstOrDefault() is { } campaign && applied.Contains(campaign.Id, StringComparer.Ordinal))
        {
            var (back, found) = CampaignPlanner.Back(campaign, UndoRule, seen);
            findings.AddRange(found);
            if (back is not null)
            {
                changes.Add(back);
            }
        }

        return done with { Changes = changes.ToImmutable(), Findings = findings.ToImmutable() };
    }

    /// <summary>The policy with a unit's changes carried out.</summary>
    /// <param name="seen">The policy.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="ensured">The groups that the changes may name, with their members.</param>
    /// <param name="campaign">The registration campaign, whose group they may name too.</param>
    public static MethodsPolicy After(
        MethodsPolicy seen, Unit unit, ImmutableArray<EnsuredMethod> ensured, WantedCampaign? campaign = null)
    {
        var groups = ensured.SelectMany(static method => method.Groups).Concat(campaign is null ? [] : [campaign.Group]);
        return seen with
        {
            Configurations = seen.Configurations.SetItems(unit.Changes.OfType<Change.AllowMethod>()
                .Select(static change => KeyValuePair.Create(change.Method, change.After))),
            Campaign = unit.Changes.OfType<Change.SetCampaign>().FirstOrDefault()?.After ?? seen.Campaign,
            Members = seen.Members.SetItems(groups.Select(static group => KeyValuePair.Create(group.Id, group.Members))),
        };
    }

    private static MethodConfiguration Configuration(MethodsPolicy policy, MethodKind method) =>
        policy.Configurations.GetValueOrDefault(method, MethodConfiguration.Off);

    private static Finding Sentence(
        EnsuredMethod method, Change.AllowMethod change, MethodsPolicy seen, ImmutableArray<EnsuredMethod> ensured)
    {
        var after = After(seen, new Unit(Id, StageId.Prepare, [change], []), ensured);
        var reached = method.Groups.SelectMany(static group => group.Members).Where(user => after.Allows(method.Method, user)).ToHashSet();
        var groups = string.Join(", ", method.Groups.Select(static group => group.Name));
        var what = !change.Before.Enabled ? $"switched on for {groups}"
            : change.After.Include.Length > change.Before.Include.Length ? $"opened to {groups} besides those who have it"
            : $"closed for sign-in with the number alone for {groups}";
        return Sentence(change.Method, what, reached.Count, reached.Count(user => !seen.Allows(method.Method, user)), 0);
    }

    private static Finding SentenceBack(Change.AllowMethod change, MethodsPolicy seen)
    {
        var after = After(seen, new Unit(Id, StageId.Prepare, [change], []), []);
        var named = seen.Members.Values.SelectMany(static members => members)
            .Concat(change.Before.Include.Where(static target => target.IsUser).Select(static target => target.Id).OfType<Guid>())
            .Where(user => seen.Allows(change.Method, user)).ToHashSet();
        return Sentence(
            change.Method, "set back to what it was before the run", named.Count, 0, named.Count(user => !after.Allows(change.Method, user)));
    }

    private static Finding Sentence(MethodKind method, string what, int users, int gained, int lost) => FindingCatalog.TenantWide.Found()
        .With("method", MethodWords.ForPeople(method))
        .With("what", what)
        .With("users", Counted.Of(users, "user"))
        .With("gained", gained.ToString(CultureInfo.InvariantCulture))
        .With("lost", lost.ToString(CultureInfo.InvariantCulture));
}
