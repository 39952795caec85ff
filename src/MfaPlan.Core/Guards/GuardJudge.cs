using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Guards;

/// <summary>The guards over a change set: limits, unknown reads, break-glass accounts, sign-in by text message.</summary>
public static class GuardJudge
{
    /// <summary>Every guard's word, in order of code.</summary>
    /// <param name="plan">The plan with its limits.</param>
    /// <param name="purpose">A rollback brings no phones in, so sign-in by text message is no matter for it.</param>
    /// <param name="totals">What the units add up to.</param>
    /// <param name="smsSignInUsers">Users whose new mobile would become a sign-in name.</param>
    /// <param name="breakGlass">The break-glass accounts as seen.</param>
    public static ImmutableArray<GuardResult> Judge(
        Plan plan, ChangeSetPurpose purpose, Totals totals, long smsSignInUsers, ImmutableArray<BreakGlassAccount> breakGlass)
    {
        var limits = plan.Limits;
        var results = ImmutableArray.CreateBuilder<GuardResult>();
        if (totals.Users == 0 && purpose == ChangeSetPurpose.Apply)
        {
            results.Add(Holds(GuardDiagnostics.EmptyScope, "The groups and names of the plan give no user. Check that they are the right ones."));
        }

        results.AddRange(Judge(breakGlass, purpose));
        results.Add(UnknownUsers(totals));
        results.Add(Within(GuardDiagnostics.UserLimit, "limits.users", limits.Users, totals.Changed, totals.Users, "user is changed", "users are changed"));
        results.Add(Within(GuardDiagnostics.OverwriteLimit, "limits.overwrites", limits.Overwrites,
            purpose == ChangeSetPurpose.Apply ? totals.Overwrites : 0, totals.Users,
            "value in Entra is replaced", "values in Entra are replaced"));
        results.Add(Within(GuardDiagnostics.AdministratorLimit, "limits.admins", limits.Admins, totals.Administrators, totals.Users,
            "administrator is changed", "administrators are changed"));
        results.Add(NoMethod(plan, totals, "changed user", "changed users"));
        if (plan.Match.Misses is { } misses && purpose == ChangeSetPurpose.Apply)
        {
            results.Add(Within(GuardDiagnostics.MissLimit, "match.misses.max", misses.Max,
                totals.Of(FindingCatalog.NoSourceRecord.Code), totals.Users,
                "user in scope has no source record", "users in scope have no source record"));
        }

        if (purpose == ChangeSetPurpose.Apply)
        {
            results.Add(smsSignInUsers == 0
                ? Holds(GuardDiagnostics.SmsSignIn, "No new mobile number becomes a sign-in name.")
                : Refuses(GuardDiagnostics.SmsSignIn,
                    $"For {Counted.Of(smsSignInUsers, "user")} the policy for text messages allows sign-in with the number alone, and a new mobile number would become a "
                    + "sign-in name by itself. Turn \"use for sign-in\" off in the text message policy first."));
        }

        return results.ToImmutable();
    }

    /// <summary>The guards over the kinds of method that the changes of users need, where there is something to say.</summary>
    /// <param name="plan">The plan with its limits.</param>
    /// <param name="needs">What was counted.</param>
    /// <param name="users">Users in scope.</param>
    public static ImmutableArray<GuardResult> JudgeNeeds(Plan plan, ImmutableArray<MethodNeed> needs, long users) =>
    [
        .. needs.Where(static need => need.Waiting > 0).Select(static need => Holds(GuardDiagnostics.PrepareFirst,
            $"{MethodWords.ForPeople(need.Method)}: the changes of {Counted.Of(need.Waiting, "user")} need the method, which the policy allows them only after the "
            + "prepare stage. Apply that first.")),
        .. needs.Where(static need => need.Unmet > 0).Select(need => Unmet(plan, need, users)),
    ];

    /// <summary>The guards over a change set of the authentication methods policy.</summary>
    /// <param name="plan">The plan with its limits.</param>
    /// <param name="purpose">A way back closes methods; forward opens them only, and leaves nobody without.</param>
    /// <param name="totals">What was counted: on the way back the users judged, those unread, and those left without.</param>
    /// <param name="breakGlass">The break-glass accounts as seen.</param>
    public static ImmutableArray<GuardResult> JudgePolicy(
        Plan plan, ChangeSetPurpose purpose, Totals totals, ImmutableArray<BreakGlassAccount> breakGlass) => purpose == ChangeSetPurpose.Apply
        ? [.. Judge(breakGlass, purpose)]
        : [.. Judge(breakGlass, purpose), UnknownUsers(totals), NoMethod(plan, totals, "user who uses these methods", "users who use these methods")];

    /// <summary>The guards that waves share with migration: break-glass accounts, unread users, administrators.</summary>
    /// <param name="plan">The plan with its limits.</param>
    /// <param name="totals">What the units add up to.</param>
    /// <param name="breakGlass">The break-glass accounts as seen.</param>
    public static ImmutableArray<GuardResult> JudgeRouting(Plan plan, Totals totals, ImmutableArray<BreakGlassAccount> breakGlass) =>
    [
        .. Judge(breakGlass, ChangeSetPurpose.Apply),
        UnknownUsers(totals),
        Within(GuardDiagnostics.AdministratorLimit, "limits.admins", plan.Limits.Admins, totals.Administrators, totals.Users,
            "administrator is moved", "administrators are moved"),
    ];

    private static GuardResult Unmet(Plan plan, MethodNeed need, long users)
    {
        var message = $"{MethodWords.ForPeople(need.Method)}: the changes of {Counted.Of(need.Unmet, "user")} need the method, and the policy does not let them use it; "
            + $"{Counted.Of(need.LeftWithout, "of them has", "of them have")} no other. Name their groups in policy.ensure.{MethodWords.InPlan(need.Method)}.groups, or let them in by hand.";
        return need.LeftWithout == 0 || plan.Limits.NoMethod.Allows(need.LeftWithout, users)
            ? Holds(GuardDiagnostics.NotEnsured, message)
            : Refuses(GuardDiagnostics.NotEnsured, message);
    }

    private static GuardResult UnknownUsers(Totals totals) => totals.Unknown == 0
        ? Holds(GuardDiagnostics.UnknownUsers, "Every user in scope was read.")
        : new(GuardDiagnostics.UnknownUsers.Code, GuardVerdict.Unknown,
            $"{totals.Unknown} of {Counted.Of(totals.Users, "user")} could not be read or matched for certain. What is not known is never taken as absent: "
            + "mend the cause that their findings name and preview again.");

    private static GuardResult NoMethod(Plan plan, Totals totals, string one, string many) => Within(
        GuardDiagnostics.NoMethodLimit, "limits.noMethod", plan.Limits.NoMethod, totals.LeftWithout, totals.Users,
        $"{one} is left without a usable method", $"{many} are left without a usable method");

    private static GuardResult Within(
        DiagnosticDescriptor guard, string limitName, Limit? limit, long count, long outOf, string one, string many)
    {
        var what = Counted.Of(count, one, many);
        if (limit is null)
        {
            return Holds(guard, $"{what}; the plan sets no {limitName}.");
        }

        return limit.Allows(count, outOf)
            ? Holds(guard, $"{what}; {limitName} allows {limit}.")
            : Refuses(guard, $"{what}, and {limitName} allows {limit}. Look at who they are; if it is meant, raise the limit in the plan.");
    }

    /// <summary>A way back takes the campaign from its group, so who is in that must not hold it up.</summary>
    private static IEnumerable<GuardResult> Judge(ImmutableArray<BreakGlassAccount> accounts, ChangeSetPurpose purpose) => accounts.Select(account =>
        Judge(purpose == ChangeSetPurpose.Apply ? account : account with { InCampaign = false }));

    private static GuardResult Judge(BreakGlassAccount account)
    {
        var id = account.Id.ToString("D", CultureInfo.InvariantCulture);
        return account switch
        {
            { User: Observed<DirectoryUser?>.Unknown unknown } => Unread(id, unknown.Code),
            { User: Observed<DirectoryUser?>.Seen { Value: null } } => Refused(id, "is not in the tenant"),
            { User: Observed<DirectoryUser?>.Seen { Value.Enabled: false } } => Refused(id, "is disabled"),
            { User: Observed<DirectoryUser?>.Seen { Value.Synced: true } } => Refused(id, "is synchronised from on-premises, so it fails with it"),
            { OnFederatedDomain: null } => Unread(id, "domains"),
            { OnFederatedDomain: true } => Refused(id, "is on a federated domain, so it fails with the federation"),
            { InScope: true } => Refused(id, "is in the scope of this stage; take it out of the groups"),
            { InCampaign: true } => Refused(id, "is in the group of reRegister.campaign, which would ask it to register an app at sign-in; take it out of the group"),
            { Methods: Observed<UserMethods>.Unknown unknown } => Unread(id, unknown.Code),
            { Methods: Observed<UserMethods>.Seen { Value.PhishingResistant: 0 } } =>
                Refused(id, "has no method that resists phishing; register a passkey for it"),
            _ => Holds(GuardDiagnostics.BreakGlass,
                $"The break-glass account {id} is there, enabled, cloud-only, on a managed domain, out of scope and resists phishing."),
        };

        static GuardResult Refused(string id, string why) =>
            Refuses(GuardDiagnostics.BreakGlass, $"The break-glass account {id} {why}. Until it is as it must be, nothing is changed.");

        static GuardResult Unread(string id, string code) => new(GuardDiagnostics.BreakGlass.Code, GuardVerdict.Unknown,
            $"The break-glass account {id} could not be read ({code}).");
    }

    private static GuardResult Holds(DiagnosticDescriptor guard, string message) => new(guard.Code, GuardVerdict.Holds, message);

    private static GuardResult Refuses(DiagnosticDescriptor guard, string message) => new(guard.Code, GuardVerdict.Refuses, message);
}
