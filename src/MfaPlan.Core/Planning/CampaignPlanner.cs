using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Planning;

/// <summary>What the registration campaign adds to the unit of the policy: its sentence forward, and its way back. Pure.</summary>
internal static class CampaignPlanner
{
    /// <summary>The write in one sentence with its users, and whether they may have what they are asked for.</summary>
    /// <param name="wanted">What the plan asks for.</param>
    /// <param name="change">What is written; null for nothing.</param>
    /// <param name="seen">The policy as it is.</param>
    /// <param name="after">The policy with the whole unit carried out.</param>
    public static IEnumerable<Finding> Say(WantedCampaign wanted, Change.SetCampaign? change, MethodsPolicy seen, MethodsPolicy after)
    {
        var group = wanted.Group;
        if (change is not null)
        {
            var what = change.Before.State != CampaignState.Enabled ? $"switched on for {group.Name}"
                : change.After.Include.Length > change.Before.Include.Length ? $"opened to {group.Name} besides those whom it asks"
                : $"left open to {group.Name}";
            yield return Sentence(
                $"{what}; who is asked may put it off for {change.After.SnoozeDays} days", group.Members.Count,
                Asked(seen, group.Members), Asked(after, group.Members));
        }

        var without = group.Members.Count(user => !after.Allows(MethodKind.Authenticator, user));
        if (without > 0 && group.Members.Any(after.CampaignAsks))
        {
            yield return FindingCatalog.CampaignLeadsNowhere.Found()
                .With("group", group.Name)
                .With("count", without.ToString(CultureInfo.InvariantCulture))
                .With("users", Counted.Of(group.Members.Count, "user"));
        }
    }

    /// <summary>The way back: only where the campaign still is as it was written. What is not understood of it stays as it is now.</summary>
    public static (Change.SetCampaign? Change, ImmutableArray<Finding> Findings) Back(Change.SetCampaign done, string rule, MethodsPolicy seen)
    {
        if (seen.Campaign is not { } now)
        {
            throw new ArgumentException("The registration campaign was needed and not given.", nameof(seen));
        }

        if (!now.IsLike(done.After))
        {
            return (null, now.IsLike(done.Before) ? [] : [FindingCatalog.ChangedSince.Found().With("change", done.Id)]);
        }

        var back = new Change.SetCampaign(now, done.Before with { Others = now.Others }, rule);
        var asked = seen.Members.Values.SelectMany(static members => members)
            .Concat(now.Include.Where(static target => target.IsUser).Select(static target => target.Id).OfType<Guid>())
            .Where(seen.CampaignAsks).ToHashSet();
        return (back, [Sentence(
            "set back to what it was before the run", asked.Count, Asked(seen, asked), Asked(seen with { Campaign = back.After }, asked))]);
    }

    private static string Asked(MethodsPolicy policy, IEnumerable<Guid> users) => policy.Campaign is { State: CampaignState.MicrosoftManaged }
        ? "whom Microsoft chooses"
        : users.Count(policy.CampaignAsks).ToString(CultureInfo.InvariantCulture);

    private static Finding Sentence(string what, int users, string before, string after) => FindingCatalog.CampaignWide.Found()
        .With("what", what)
        .With("users", Counted.Of(users, "user"))
        .With("before", before)
        .With("after", after);
}
