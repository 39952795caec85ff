using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Waves;

/// <summary>The guards over a wave: what staged rollout takes, and what nobody proved.</summary>
public static class WaveGuards
{
    /// <summary>A group that staged rollout or the runner cannot use.</summary>
    public static readonly DiagnosticDescriptor GroupKind = new("MFP3160", Severity.Error, "Group cannot be rolled out");

    /// <summary>The rollout's policy stands in a way in which a wave would move others.</summary>
    public static readonly DiagnosticDescriptor Policy = new("MFP3161", Severity.Error, "Staged rollout as it stands");

    /// <summary>More users than the wave's max.</summary>
    public static readonly DiagnosticDescriptor Max = new("MFP3162", Severity.Error, "Limit of the wave");

    /// <summary>More groups or users than staged rollout takes.</summary>
    public static readonly DiagnosticDescriptor Capacity = new("MFP3163", Severity.Error, "Limits of staged rollout");

    /// <summary>A group that is not in the rollout yet has members whom the wave does not move.</summary>
    public static readonly DiagnosticDescriptor ForeignMembers = new("MFP3164", Severity.Error, "Members that nobody proved");

    /// <summary>The wave moves nobody.</summary>
    public static readonly DiagnosticDescriptor NobodyToMove = new("MFP3165", Severity.Warning, "Nobody to move");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [GroupKind, Policy, Max, Capacity, ForeignMembers, NobodyToMove];

    /// <summary>Every guard's word on a wave.</summary>
    /// <param name="wave">The plan's wave.</param>
    /// <param name="policy">The rollout as seen; null where there is none.</param>
    /// <param name="into">The wave's groups.</param>
    /// <param name="ours">The groups of every wave of the plan.</param>
    /// <param name="moved">Users whom the wave moves or has moved.</param>
    /// <param name="unplaced">Users for whom no group had room.</param>
    /// <param name="proved">Users whom the wave may move, by object id: members of a group before it is added must be among them.</param>
    public static ImmutableArray<GuardResult> Judge(
        Wave wave,
        RolloutPolicy? policy,
        ImmutableArray<WaveGroup> into,
        ImmutableHashSet<Guid> ours,
        long moved,
        long unplaced,
        IReadOnlySet<Guid> proved)
    {
        var results = ImmutableArray.CreateBuilder<GuardResult>();
        results.AddRange(into.Select(JudgeKind).OfType<GuardResult>());
        results.AddRange(JudgePolicy(policy, into, ours));
        results.Add(moved <= wave.Max
            ? Holds(Max, $"{Counted.Of(moved, "user is", "users are")} in the wave; max allows {wave.Max}.")
            : Refuses(Max, $"{Counted.Of(moved, "user")} would be in the wave, and its max allows {wave.Max}. Make its source groups smaller, or raise max if it is meant."));
        results.Add(JudgeCapacity(policy, into, unplaced));
        results.AddRange(into.Where(static group => !group.Attached).Select(group => JudgeMembers(group, policy, proved)).OfType<GuardResult>());
        if (moved == 0)
        {
            results.Add(Holds(NobodyToMove, "The source groups of the wave give nobody who can be moved. Check that they are the right ones."));
        }

        return results.ToImmutable();
    }

    private static GuardResult? JudgeKind(WaveGroup group)
    {
        var why = group switch
        {
            { Group.Dynamic: true } => "has dynamic membership, which staged rollout does not take",
            { Group.Synced: true } => "is managed by the on-premises directory, so it cannot be filled from here",
            { Group.Microsoft365: true } => "is a Microsoft 365 group; take a security group",
            { Content.Others.IsEmpty: false } => $"has {Counted.Of(group.Content.Others.Length, "member that is no user", "members that are no users")}; staged rollout does not look into nested groups and takes no contacts",
            _ => null,
        };
        return why is null ? null : Refuses(GroupKind, $"The group {group.Name} {why}. Name a flat, cloud-managed security group of its own in into.");
    }

    private static IEnumerable<GuardResult> JudgePolicy(RolloutPolicy? policy, ImmutableArray<WaveGroup> into, ImmutableHashSet<Guid> ours)
    {
        if (policy is null)
        {
            yield break;
        }

        var others = policy.Groups.Where(group => !into.Any(own => own.Group.Id == group)).ToList();
        var foreign = others.Where(group => !ours.Contains(group)).ToList();
        if (policy.ForEverybody)
        {
            yield return Refuses(Policy, $"The staged rollout \"{policy.DisplayName}\" applies to the whole organisation, so waves mean nothing. Set it back to groups first.");
        }
        else if (!policy.Enabled && others.Count > 0)
        {
            yield return Refuses(Policy,
                $"The staged rollout \"{policy.DisplayName}\" is switched off and holds groups that this wave does not fill ({string.Join(", ", others)}). Switching it on would "
                + "move their members, whom nobody proved. Take these groups out of it first, or give them a wave.");
        }
        else if (foreign.Count > 0)
        {
            yield return Holds(Policy,
                $"The staged rollout \"{policy.DisplayName}\" holds groups that no wave names ({string.Join(", ", foreign)}); they are left alone.");
        }
    }

    private static GuardResult JudgeCapacity(RolloutPolicy? policy, ImmutableArray<WaveGroup> into, long unplaced)
    {
        var groups = (policy?.Groups ?? []).Union(into.Select(static group => group.Group.Id)).Count();
        return groups > RolloutPolicy.MostGroups
            ? Refuses(Capacity, $"The staged rollout would have {groups} groups, and it takes {RolloutPolicy.MostGroups}. Give waves fewer groups, or retire old ones.")
            : unplaced > 0
                ? Refuses(Capacity, $"{Counted.Of(unplaced, "user finds", "users find")} no room: a group of the rollout takes {RolloutPolicy.MostUsersOfGroup} users. Name more groups in into.")
                : Holds(Capacity, $"{groups} of {RolloutPolicy.MostGroups} groups, none above {RolloutPolicy.MostUsersOfGroup} users.");
    }

    private static GuardResult? JudgeMembers(WaveGroup group, RolloutPolicy? policy, IReadOnlySet<Guid> proved)
    {
        var foreign = group.Content.Users.Count(user => !proved.Contains(user));
        return foreign > 0
            ? Refuses(ForeignMembers, $"The group {group.Name} moves nobody yet and has {Counted.Of(foreign, "member")} whom this wave does not move. Adding it to the staged rollout, or switching that on, would move them unproved. "
                + "Take them out, or name another group.")
            : group.Content.Users.Count > RolloutPolicy.MostUsersWhenAdded && !(policy?.Groups.Contains(group.Group.Id) ?? false)
                ? Refuses(ForeignMembers, $"The group {group.Name} has {group.Content.Users.Count} members, and a group may have {RolloutPolicy.MostUsersWhenAdded} when it is added to the staged "
                    + "rollout. Empty it: the runner adds it small and lets it grow.")
                : null;
    }

    private static GuardResult Holds(DiagnosticDescriptor guard, string message) => new(guard.Code, GuardVerdict.Holds, message);

    private static GuardResult Refuses(DiagnosticDescriptor guard, string message) => new(guard.Code, GuardVerdict.Refuses, message);
}
