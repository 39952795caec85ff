using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Rules;

namespace MfaPlan.Core.Waves;

/// <summary>What a preview of a wave can find about a user or the staged rollout: codes MFP3170 to MFP3180.</summary>
public static class RoutingFindings
{
    /// <summary>A write of the rollout itself.</summary>
    public static readonly FindingKind RolloutWide = new(new("MFP3170", Severity.Info, "Tenant-wide write of the rollout"),
        "{what}. Members it moves at once: {users}.");

    /// <summary>Something of the rollout is not undone.</summary>
    public static readonly FindingKind RolloutStays = new(new("MFP3171", Severity.Info, "The rollout's policy stays"),
        "The policy of the staged rollout stays as it is: {why}.");

    /// <summary>A member of a wave's group whom no source group names.</summary>
    public static readonly FindingKind AddedBehindUs = new(new("MFP3172", Severity.Warning, "Member that the plan does not name"),
        "The user is in {group}, and no source group of the wave names the user: somebody added this member. It is never removed by us, and was proved by nobody. Take the user out, or put the user into a source group.");

    /// <summary>Nothing of the user was migrated by us.</summary>
    public static readonly FindingKind NotBroughtOver = new(new("MFP3173", Severity.Warning, "Nothing was brought over for this user"),
        "No run brought MFA data over for this user, who may never have been in MFA Server. What counts is what is registered in Entra today.");

    /// <summary>Staged rollout works for synchronised users only.</summary>
    public static readonly FindingKind RolloutNeedsSync = new(new("MFP3176", Severity.Warning, "Cloud-only account"),
        "Staged rollout is for accounts that are synchronised from on-premises only; this one is not, so the user is not moved.");

    /// <summary>The user's domain is not federated, so there is nothing to move.</summary>
    public static readonly FindingKind NotFederated = new(new("MFP3177", Severity.Info, "Domain not federated"),
        "The domain {domain} is not federated: the user's MFA is the cloud's already, and a wave changes nothing.");

    /// <summary>Another group of the rollout has the user.</summary>
    public static readonly FindingKind RoutedElsewhere = new(new("MFP3178", Severity.Info, "Moved by another group"),
        "Another group of the staged rollout has the user already, so this wave does not add the user a second time.");

    /// <summary>There is no rollout to end, or none to switch on again.</summary>
    public static readonly FindingKind RolloutAsWanted = new(new("MFP3180", Severity.Info, "Staged rollout as it is to be"),
        "The staged rollout is not switched: {why}.");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<FindingKind> All { get; } =
    [
        RolloutWide, RolloutStays, AddedBehindUs, NotBroughtOver, RolloutNeedsSync, NotFederated, RoutedElsewhere, RolloutAsWanted,
    ];
}
