using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>
/// Merges the group of <c>reRegister.campaign</c> into the registration campaign. Whoever it asks today it still asks: targets stay, exclusions
/// and what is not understood are not touched. A campaign that is off starts with the plan's group alone, since whom it named while it was off
/// was not asked; one that Microsoft manages keeps the groups and users that somebody named, and not everybody, whom nobody chose.
/// </summary>
public static class CampaignRule
{
    /// <summary>What the registration campaign is called where a finding names a method.</summary>
    public const string ForPeople = "Registration campaign";

    /// <summary>The change of the campaign, and what a person must know of it; null where nothing is to be done.</summary>
    /// <param name="wanted">What the plan asks for.</param>
    /// <param name="seen">The campaign as it is.</param>
    public static (Change.SetCampaign? Change, ImmutableArray<Finding> Findings) Decide(WantedCampaign wanted, RegistrationCampaign seen)
    {
        var group = new MethodTarget(wanted.Group.Id, IsUser: false, UsableForSignIn: true) { Asks = RegistrationCampaign.Authenticator };
        if (seen.Exclude.Any(group.NamesSame))
        {
            return (null, [FindingCatalog.GroupExcluded.Found()
                .With("method", ForPeople).With("group", wanted.Group.Name).With("part", WantedCampaign.Rule)]);
        }

        var kept = Kept(seen);
        var naming = kept.Where(target => target.Id is null || target.NamesSame(group)).ToList();
        if (naming.Count > 0 && !naming.Exists(AsksForAuthenticator))
        {
            return (null, [FindingCatalog.CampaignForOther.Found()
                .With("method", naming[0].Asks ?? "a method that it does not name").With("group", wanted.Group.Name)]);
        }

        var include = naming.Count > 0 ? kept : kept.Add(group);
        var (snooze, findings) = Snooze(wanted, seen, alone: include.All(group.NamesSame));
        var change = new Change.SetCampaign(
            seen, seen with { State = CampaignState.Enabled, SnoozeDays = snooze, Include = include }, WantedCampaign.Rule);
        return seen.State == CampaignState.Enabled
            ? (change.IsEmpty ? null : change, findings)
            : (change, [SwitchedOn(wanted, seen, kept), .. findings]);
    }

    private static ImmutableArray<MethodTarget> Kept(RegistrationCampaign seen) => seen.State switch
    {
        CampaignState.Enabled => seen.Include,
        CampaignState.MicrosoftManaged => [.. seen.Include.Where(static target => target.Id is not null)],
        _ => [],
    };

    private static bool AsksForAuthenticator(MethodTarget target) =>
        RegistrationCampaign.Authenticator.Equals(target.Asks, StringComparison.OrdinalIgnoreCase);

    /// <summary>There is one time for the whole campaign: that of others stays, whatever the plan says.</summary>
    private static (int Days, ImmutableArray<Finding> Findings) Snooze(WantedCampaign wanted, RegistrationCampaign seen, bool alone)
    {
        if (seen is not { State: CampaignState.Enabled, SnoozeDays: { } days } || alone || days == wanted.SnoozeDays)
        {
            return (wanted.SnoozeDays, []);
        }

        return (days, [FindingCatalog.SnoozeKept.Found()
            .With("kept", days.ToString(CultureInfo.InvariantCulture)).With("wanted", wanted.SnoozeDays.ToString(CultureInfo.InvariantCulture))]);
    }

    private static Finding SwitchedOn(WantedCampaign wanted, RegistrationCampaign seen, ImmutableArray<MethodTarget> kept) =>
        (seen.State == CampaignState.Disabled ? FindingCatalog.CampaignSwitchedOn.Found() : FindingCatalog.CampaignOfMicrosoft.Found())
            .With("group", wanted.Group.Name)
            .With("left", PolicyRule.Left(seen.State == CampaignState.Disabled ? seen.Include : kept));
}
