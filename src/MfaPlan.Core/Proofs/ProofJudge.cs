using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>The guards over the proofs of a stage that moves users.</summary>
public static class ProofJudge
{
    /// <summary>Every guard's word, in order of code; those over policies only where they have something to say.</summary>
    /// <param name="proof">What the users were proved by.</param>
    /// <param name="totals">What the proofs add up to.</param>
    public static ImmutableArray<GuardResult> Judge(MoveProof proof, ProofTotals totals) =>
        [Lockouts(totals), Demands(proof.Context, totals), .. Listing(proof.Context.Access), .. Named(proof)];

    /// <summary>The policies that may lock out a break-glass account, where there are any: only told, nothing is refused for it.</summary>
    /// <param name="proof">With the policies.</param>
    /// <param name="accounts">The accounts as seen.</param>
    public static ImmutableArray<GuardResult> JudgeBreakGlass(MoveProof proof, ImmutableArray<BreakGlassAccount> accounts)
    {
        var results = ImmutableArray.CreateBuilder<GuardResult>();
        foreach (var account in accounts)
        {
            if (account is not { User: Observed<DirectoryUser?>.Seen { Value: { Enabled: true } user }, Methods: Observed<UserMethods>.Seen methods }
                || proof.Context.Access is not Observed<AccessView>.Seen { Value: var view })
            {
                continue;
            }

            var findings = proof.Judge(new ProofUser(user, account.OnFederatedDomain), methods, null).Findings
                .Where(static finding => finding.Code == ProofFindings.Blocked.Code || finding.Code == ProofFindings.OutOfReach.Code)
                .Select(static finding => finding.Values.First(static value => value.Name == "policy").Text)
                .ToList();
            if (findings.Count > 0)
            {
                results.Add(new(GuardDiagnostics.BreakGlassPolicy.Code, GuardVerdict.Holds,
                    $"The break-glass account {account.Id:D} is blocked, or demanded what it cannot meet, by {string.Join(", ", findings)} of "
                    + $"{Count(view.Policies.Length, "policy", "policies")}. An emergency account belongs into the exclusions of such a policy."));
            }
        }

        return results.ToImmutable();
    }

    /// <summary>The guard over accounts that may not be moved, for a stage that cannot leave anybody out, as a cut-over of a whole domain.</summary>
    /// <param name="leftOut">Those whom <see cref="RoutingRule"/> leaves out and the stage moves all the same.</param>
    public static GuardResult JudgeLeftOut(long leftOut) => leftOut == 0
        ? new(GuardDiagnostics.NotToBeMoved.Code, GuardVerdict.Holds, "No account is moved that the plan keeps out.")
        : new(GuardDiagnostics.NotToBeMoved.Code, GuardVerdict.Refuses,
            $"{Count(leftOut, "account that the plan keeps out is", "accounts that the plan keeps out are")} on a domain that changes as a whole. "
            + "Their findings (MFP3138) say why; move them to another domain, or change protect and migrate.include.");

    private static GuardResult Lockouts(ProofTotals totals)
    {
        var lockedOut = totals.Of(LockoutVerdict.LockedOut);
        var phones = totals.Of(LockoutVerdict.PhoneOnly);
        var unknown = totals.Of(LockoutVerdict.Unknown);
        var accepted = totals.Of(LockoutVerdict.PhoneOnlyAccepted);
        var guard = GuardDiagnostics.Lockout.Code;
        if (lockedOut + phones > 0)
        {
            return new(guard, GuardVerdict.Refuses,
                $"Of {Count(totals.Users, "user", "users")} the move would lock out {lockedOut}, and {phones} more have phones alone, which nobody accepts. "
                + "Their findings (MFP3130, MFP3131, MFP3134) say who and why.");
        }

        return unknown > 0
            ? new(guard, GuardVerdict.Unknown, $"Of {Count(totals.Users, "user", "users")} it cannot be proved for {unknown} that they are not locked out. "
                + "Their findings (MFP3137) say why; mend that and preview again.")
            : new(guard, GuardVerdict.Holds,
                $"{Count(totals.Users, "user", "users")}: each can answer now, after the move, and after what Microsoft retires"
                + (accepted > 0 ? $", but {accepted} with phones alone, whom the plan accepts" : "")
                + (totals.Of(LockoutVerdict.Disabled) is > 0 and var disabled ? $"; {disabled} are disabled accounts" : "") + ".");
    }

    private static GuardResult Demands(ProofContext context, ProofTotals totals)
    {
        var guard = GuardDiagnostics.Demand.Code;
        if (totals.Gaps > 0)
        {
            return new(guard, GuardVerdict.Refuses,
                $"Of {Count(totals.Users, "user", "users")} nothing would demand MFA of {totals.Gaps} at every sign-in after the move. "
                + "Their findings (MFP3133) name the policy that comes nearest, and what it lacks.");
        }

        return totals.DemandUnknown > 0
            ? new(guard, GuardVerdict.Unknown, context.Access is Observed<AccessView>.Unknown unknown
                ? $"The Conditional Access policies could not be read ({unknown.Code}), so nobody is proved to be asked for MFA."
                    + Denial.Remedy(unknown.Code, Denial.Policies)
                : $"Of {Count(totals.Users, "user", "users")} it cannot be proved for {totals.DemandUnknown} that MFA is demanded. Their findings (MFP3137) say why.")
            : new(guard, GuardVerdict.Holds, totals.ByPolicy.IsEmpty
                ? "Nobody is moved of whom MFA must be demanded."
                : "MFA is demanded at every sign-in by " + string.Join(", ", totals.ByPolicy.Select(static by =>
                    $"{by.Key} for {Count(by.Value, "user", "users")}")) + ".");
    }

    private static IEnumerable<GuardResult> Listing(Observed<AccessView> access)
    {
        var guard = GuardDiagnostics.PolicyListing.Code;
        if (access.SeenOrDefault is { OnlyInBeta.IsEmpty: false } more)
        {
            yield return new(guard, GuardVerdict.Holds,
                $"v1.0 leaves out {Count(more.OnlyInBeta.Length, "policy", "policies")} that beta has: {string.Join(", ", more.OnlyInBeta)}. "
                + "They were judged by what beta says; tools that read v1.0 do not see them.");
        }

        if (access.SeenOrDefault is { OnlyInV1.IsEmpty: false } fewer)
        {
            yield return new(guard, GuardVerdict.Unknown,
                $"Beta leaves out {Count(fewer.OnlyInV1.Length, "policy", "policies")} that v1.0 has: {string.Join(", ", fewer.OnlyInV1)}. "
                + "What they demand is not known. Preview again; if it stays so, ask Microsoft's support.");
        }
    }

    private static IEnumerable<GuardResult> Named(MoveProof proof)
    {
        if (proof.Context.Access is not Observed<AccessView>.Seen { Value: var view })
        {
            yield break;
        }

        foreach (var id in proof.Context.RequiredBy)
        {
            var reading = proof.Readings.FirstOrDefault(reading => reading.Policy == view.Policy(id));
            var why = reading switch
            {
                null => "is not in the tenant",
                { NoDemand: { } none } => none,
                { Policy.State: AccessState.ReportOnly } => "is report-only, so it demands nothing",
                { Policy.State: not AccessState.Enabled } => "is not enabled",
                { Proves: false } => $"applies {reading.Where}, so it proves no demand at every sign-in",
                _ => null,
            };
            if (why is not null)
            {
                yield return new(GuardDiagnostics.NamedPolicy.Code, GuardVerdict.Refuses,
                    $"The policy {reading?.Policy.Label ?? id.ToString("D")}, named in cutOver.mfaRequiredBy, {why}. Mend the policy, or name one that demands MFA.");
            }
        }
    }

    private static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
