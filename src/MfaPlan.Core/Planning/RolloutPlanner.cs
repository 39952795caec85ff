using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;

namespace MfaPlan.Core.Planning;

/// <summary>From a wave and the staged rollout as seen to the rollout's unit, and back. Pure.</summary>
public static class RolloutPlanner
{
    private const string Rule = "rollout";
    private const string UndoRule = "undo";
    private const string RetireRule = "rollout.retire";

    /// <summary>The unit of the staged rollout; in text order before every user's, so that groups are attached before they grow.</summary>
    public static UnitId Id { get; } = UnitId.Named(UnitKind.Policy, "featureRollout");

    /// <summary>Plans the policy and the wave's groups in it.</summary>
    /// <param name="rollout">The plan's part.</param>
    /// <param name="stage">The wave's stage.</param>
    /// <param name="seen">The policy; null where there is none.</param>
    /// <param name="into">The wave's groups.</param>
    public static Unit Forward(Rollout rollout, StageId stage, RolloutPolicy? seen, ImmutableArray<WaveGroup> into)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        if (seen is null)
        {
            changes.Add(new Change.CreateRollout(rollout.PolicyName, Rule));
        }
        else if (!seen.Enabled)
        {
            changes.Add(new Change.EnableRollout(After: true, Rule));
        }

        changes.AddRange(into.Where(group => seen is null || !seen.Groups.Contains(group.Group.Id))
            .OrderBy(static group => group.Group.Id)
            .Select(static group => new Change.AttachGroup(group.Group.Id, After: true, Rule)));
        return new Unit(Id, stage, changes.ToImmutable(), [.. changes.Select(change => Sentence(change, rollout, into))]);
    }

    /// <summary>
    /// Plans the way back: groups that a run added are taken out of the rollout, which moves all their members back at once; what it switched on
    /// is switched off only where no group of others is in it. The policy itself stays.
    /// </summary>
    /// <param name="done">The unit as it was applied.</param>
    /// <param name="applied">The ids of its changes that ended applied.</param>
    /// <param name="seen">The policy; null where there is none.</param>
    /// <param name="into">The wave's groups.</param>
    public static Unit Back(Unit done, ImmutableArray<string> applied, RolloutPolicy? seen, ImmutableArray<WaveGroup> into)
    {
        var ours = done.Changes.Where(change => applied.Contains(change.Id, StringComparer.Ordinal)).ToList();
        var detach = ours.OfType<Change.AttachGroup>().Where(attach => seen is not null && seen.Groups.Contains(attach.Group)).ToList();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var changes = ImmutableArray.CreateBuilder<Change>();
        changes.AddRange(detach.Select(static attach => attach.Inverse(UndoRule)));
        findings.AddRange(detach.Select(attach => into.FirstOrDefault(group => group.Group.Id == attach.Group)).OfType<WaveGroup>().Select(static group => Sentence(
            $"the group {group.Name} is taken out of the staged rollout, whose members go back to their identity provider", group.Content.Users.Count)));
        if (ours.OfType<Change.EnableRollout>().Any() && seen is { Enabled: true })
        {
            if (seen.Groups.Length == detach.Count)
            {
                changes.Add(new Change.EnableRollout(After: false, UndoRule));
            }
            else
            {
                findings.Add(RoutingFindings.RolloutStays.Found().With("why", "other groups are in it by now"));
            }
        }

        if (ours.OfType<Change.CreateRollout>().Any() && seen is not null)
        {
            findings.Add(RoutingFindings.RolloutStays.Found().With("why", "without groups it moves nobody"));
        }

        return done with { Changes = changes.ToImmutable(), Findings = findings.ToImmutable() };
    }

    /// <summary>
    /// Plans the end of the rollout: it is switched off, and that is all. Groups and members stay, so that one write brings it back: a group that was
    /// taken out could be added again with 200 members only.
    /// </summary>
    /// <param name="seen">The policy; null where there is none.</param>
    /// <param name="members">Members of its groups.</param>
    public static Unit Retire(RolloutPolicy? seen, int members)
    {
        var unit = new Unit(Id, StageId.Retire, [], []);
        return seen is { Enabled: true }
            ? unit with
            {
                Changes = [new Change.EnableRollout(After: false, RetireRule)],
                Findings = [Sentence("the staged rollout of cloud MFA is switched off, its groups and their members stay, and every user is treated as the domain says", members)],
            }
            : unit with { Findings = [AsWanted(seen is null ? "the tenant has none" : "it is off already")] };
    }

    /// <summary>Plans the way back of its end: it is switched on again, for whoever is in its groups by now.</summary>
    /// <param name="done">The unit as it was applied.</param>
    /// <param name="seen">The policy; null where there is none any more.</param>
    /// <param name="members">Members of its groups.</param>
    public static Unit BackOfRetire(Unit done, RolloutPolicy? seen, int members)
    {
        var unit = done with { Changes = [], Findings = [] };
        return seen is { Enabled: false }
            ? unit with
            {
                Changes = [new Change.EnableRollout(After: true, UndoRule)],
                Findings = [Sentence("the staged rollout of cloud MFA is switched on again", members)],
            }
            : unit with { Findings = [AsWanted(seen is null ? "somebody deleted it, so a wave must make it anew" : "it is on already")] };
    }

    private static Finding AsWanted(string why) => RoutingFindings.RolloutAsWanted.Found().With("why", why);

    private static Finding Sentence(Change change, Rollout rollout, ImmutableArray<WaveGroup> into)
    {
        var (what, users) = change switch
        {
            Change.CreateRollout => ($"the staged rollout of cloud MFA is made, named {rollout.PolicyName}, without groups", 0),
            Change.EnableRollout => ("the staged rollout of cloud MFA is switched on", 0),
            Change.AttachGroup attach when into.First(group => group.Group.Id == attach.Group) is var group =>
                ($"the group {group.Name} is added to the staged rollout", group.Content.Users.Count),
            _ => throw new InvalidOperationException("A change of this kind is not about the rollout."),
        };
        return Sentence(what, users);
    }

    private static Finding Sentence(string what, int users) =>
        RoutingFindings.RolloutWide.Found().With("what", what).With("users", users.ToString(CultureInfo.InvariantCulture));
}
