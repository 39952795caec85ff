using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Waves;

/// <summary>The guards over the end of the staged rollout and its way back: codes MFP3181 to MFP3185.</summary>
public static class RetireGuards
{
    /// <summary>Members would go back to a domain that does not leave MFA to Entra.</summary>
    public static readonly DiagnosticDescriptor OtherMfa = new("MFP3181", Severity.Error, "Domain that does not leave MFA to Entra");

    /// <summary>The cut-over does not stand.</summary>
    public static readonly DiagnosticDescriptor CutOverFirst = new("MFP3182", Severity.Error, "Rollout ends after the cut-over only");

    /// <summary>The time after the cut-over is not over.</summary>
    public static readonly DiagnosticDescriptor TooEarly = new("MFP3183", Severity.Error, "Too early to end the rollout");

    /// <summary>A wave of a rollout that was ended.</summary>
    public static readonly DiagnosticDescriptor Retired = new("MFP3184", Severity.Error, "Rollout was ended");

    /// <summary>Members whom switching it on again would move unproved.</summary>
    public static readonly DiagnosticDescriptor Unproved = new("MFP3185", Severity.Error, "Members of the rollout that are not proved");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [OtherMfa, CutOverFirst, TooEarly, Retired, Unproved];

    /// <summary>The word on when the rollout may end. No clock is read: it is the same at every preview, and apply waits.</summary>
    public static GuardResult Judge(RetireDue due) => due is { CutOver: { } cutOver, From: { } from }
        ? new(TooEarly.Code, GuardVerdict.Holds, string.Create(
            CultureInfo.InvariantCulture, $"The cut-over was done at {cutOver.UtcDateTime:u}; the rollout may end from {from.UtcDateTime:u}, and apply waits until then."))
        : new(CutOverFirst.Code, GuardVerdict.Refuses,
            $"The staged rollout ends after the cut-over only, and {due.WhyNot}. Without it users would go back to the MFA of their identity provider. See: mfaplan status PLAN");

    /// <summary>The word on every domain to whose federation members of the rollout go back.</summary>
    /// <param name="domains">The domains as read now.</param>
    public static ImmutableArray<GuardResult> Judge(ImmutableArray<ReturningDomain> domains)
    {
        var results = domains.Where(static domain => domain.Federated != false)
            .OrderBy(static domain => domain.Name, StringComparer.Ordinal).Select(Judge).ToImmutableArray();
        return domains.Where(static domain => domain.Federated == false).Sum(static domain => domain.Users ?? 0) is > 0 and var managed
            ? results.Add(new(OtherMfa.Code, GuardVerdict.Holds,
                $"{Counted.Of(managed, "member is", "members are")} on domains that are not federated: Entra does their MFA whether the rollout is on or off."))
            : results;
    }

    /// <summary>Refuses a wave once the rollout was ended and is off; null where it was not, its end was undone, or somebody switched it on again.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ledger">What the journal says.</param>
    /// <param name="rollout">The rollout as seen; null where there is none.</param>
    public static GuardResult? JudgeWave(Plan plan, Ledger ledger, RolloutPolicy? rollout)
    {
        var asked = StageId.Of(plan).Contains(StageId.Retire);
        var run = ledger.Runs.LastOrDefault(run => run.Purpose == RunPurpose.Apply && StageId.Parse(run.Stage) == StageId.Retire
            && (run.Applied > 0 ? !ledger.IsUndone(run) : asked && run.Result == RunResult.Complete));
        return run is null || rollout is { Enabled: true }
            ? null
            : new(Retired.Code, GuardVerdict.Refuses, $"The staged rollout was ended by run {run.Id}, and a wave would switch it on again for everybody in its groups. "
                + (run.Applied > 0 ? $"If that is meant, undo its end first: mfaplan rollback PLAN --run {run.Id}" : "If that is meant, take rollout.retire out of the plan."));
    }

    /// <summary>The word on whom switching the rollout on again moves.</summary>
    /// <param name="rollout">The rollout as seen; null where there is none.</param>
    /// <param name="members">Members of its groups.</param>
    /// <param name="refused">Those who were not proved, without those of whom nothing is known.</param>
    public static GuardResult JudgeBack(RolloutPolicy? rollout, long members, long refused) => rollout is { ForEverybody: true }
        ? new(Unproved.Code, GuardVerdict.Refuses,
            $"The staged rollout \"{rollout.DisplayName}\" applies to the whole organisation by now, so nobody can prove whom switching it on would move. Set it back to groups first.")
        : refused > 0
            ? new(Unproved.Code, GuardVerdict.Refuses,
                $"{refused} of {Counted.Of(members, "member")} of the rollout's groups cannot be proved able to answer a demand of Entra, or are not to be moved; their findings say why. "
                + "Mend that, or take them out of the groups.")
            : new(Unproved.Code, GuardVerdict.Holds, $"{Counted.Of(members, "member")} of the rollout's groups can answer a demand of Entra, and one is made of each.");

    private static GuardResult Judge(ReturningDomain domain)
    {
        var users = domain.Users is { } count ? $"{Counted.Of(count, "member")} of the rollout's groups" : "all its users";
        return domain switch
        {
            { Federated: null } => Word(GuardVerdict.Unknown,
                $"The tenant lists neither the domain {domain.Name} nor one above it, so nobody knows who would do the MFA of {users}. Take them out of the groups, or correct their names."),
            { Federation: Observed<FederationSettings?>.Unknown unknown } => Word(GuardVerdict.Unknown,
                $"The federation of {domain.Root} could not be read ({unknown.Code}), so nobody knows who would do the MFA of {users} on {domain.Name}.{Denial.Remedy(unknown.Code, Denial.Federation)}"),
            { Federation: Observed<FederationSettings?>.Seen { Value: { MfaBehavior: FederationSettings.Reject } } } => Word(GuardVerdict.Holds,
                $"{domain.Name}: Entra does the MFA of {users} whether the rollout is on or off ({FederationSettings.Reject}{Above(domain)})."),
            { Federation: Observed<FederationSettings?>.Seen { Value: { } federation } } => Word(GuardVerdict.Refuses,
                $"{domain.Name} does not leave MFA to Entra: its federatedIdpMfaBehavior is {federation.MfaBehavior ?? "not set"}{Above(domain)}. Switching the rollout off would send {users} back to its identity "
                + "provider. Cut the domain over first, or take these users out of the rollout."),
            _ => Word(GuardVerdict.Refuses,
                $"{domain.Name} is federated, and neither it nor a domain above it shows a federation, so nothing says that Entra would do the MFA of {users}. Find out whose federation it has."),
        };
    }

    private static string Above(ReturningDomain domain) => domain.Root == domain.Name ? "" : $", of {domain.Root}";

    private static GuardResult Word(GuardVerdict verdict, string message) => new(OtherMfa.Code, verdict, message);
}
