using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>Whether a user who is moved could be locked out: without a method, with phones alone, or below a strength that a policy demands.</summary>
/// <param name="context">What it depends on.</param>
/// <param name="view">The policies; null where they could not be read.</param>
/// <param name="readings">The same policies, read.</param>
internal sealed class LockoutRule(ProofContext context, AccessView? view, ImmutableArray<PolicyReading> readings)
{
    private readonly MfaAnswers _ended = Retirements.EndedAt(context.AsOf);

    private readonly ImmutableArray<PolicyReading> _harmful = [.. readings.Where(static reading =>
        reading.Policy.State is AccessState.Enabled or AccessState.Unknown && (reading.Blocks || reading.Strength is not null || reading.Open is not null))];

    /// <summary>Judges a user, adding what a person must know.</summary>
    public (LockoutVerdict Verdict, Usability? Usability) Judge(
        ProofUser user, Observed<UserMethods> now, UserMethods? after, ImmutableArray<Finding>.Builder findings)
    {
        if (now is not Observed<UserMethods>.Seen { Value: var seen })
        {
            findings.Add(ProofFindings.CannotJudge.Found()
                .With("what", "The user's methods").With("why", $"they could not be read: {((Observed<UserMethods>.Unknown)now).Code}"));
            return (LockoutVerdict.Unknown, null);
        }

        var id = user.Account.Id;
        var usability = UsabilityRule.Judge(id, seen, after ?? seen, context.Policy, _ended);
        var verdict = OfMethods(id, usability, findings);
        return (Worse(verdict, OfPolicies(user, UsabilityRule.AnswersOf(id, after ?? seen, context.Policy) & ~_ended, findings)), usability);
    }

    private LockoutVerdict OfMethods(Guid user, Usability usability, ImmutableArray<Finding>.Builder findings)
    {
        if (!usability.Now || !usability.After)
        {
            findings.Add(ProofFindings.NoMethod.Found().With("when", usability switch
            {
                { Now: false, After: false } => "now or after this stage",
                { Now: false } => "now; this stage brings one, so the user can be moved by a later preview",
                _ => "after this stage any more",
            }));
            return LockoutVerdict.LockedOut;
        }

        if (usability.Survives)
        {
            return LockoutVerdict.Proved;
        }

        var (accepted, why) = context.PhoneOnly?.Accepts(user, context.AsOf) ?? (Claim.No, "the plan has no protect.phoneOnly");
        if (accepted == Claim.Unknown)
        {
            findings.Add(ProofFindings.CannotJudge.Found().With("what", "Whether phones alone are accepted").With("why", why));
            return LockoutVerdict.Unknown;
        }

        findings.Add(accepted == Claim.Yes
            ? ProofFindings.PhonesAccepted.Found().With("end", Day(RuleData.PhonesEnd)).With("until", Day(context.PhoneOnly!.Until))
                .With("followUp", context.PhoneOnly.FollowUp ?? "no change request")
            : ProofFindings.PhonesAlone.Found().With("end", Day(RuleData.PhonesEnd)).With("why", why));
        return accepted == Claim.Yes ? LockoutVerdict.PhoneOnlyAccepted : LockoutVerdict.PhoneOnly;
    }

    private LockoutVerdict OfPolicies(ProofUser user, MfaAnswers answers, ImmutableArray<Finding>.Builder findings)
    {
        if (view is null)
        {
            return LockoutVerdict.Unknown; // the demand says why
        }

        var verdict = LockoutVerdict.Proved;
        foreach (var reading in _harmful)
        {
            var included = AccessScope.Names(reading.Policy.Include, user.Account, view).Is;
            var excluded = AccessScope.Names(reading.Policy.Exclude, user.Account, view).Is;
            if (included == Claim.No || excluded == Claim.Yes)
            {
                continue;
            }

            var certain = included == Claim.Yes && excluded == Claim.No && reading.Reach != Reach.Unknown && reading.Policy.State == AccessState.Enabled;
            verdict = Worse(verdict, OfPolicy(reading, certain, user.Federated, answers, findings));
        }

        return verdict;
    }

    private static LockoutVerdict OfPolicy(
        PolicyReading reading, bool certain, bool? federated, MfaAnswers answers, ImmutableArray<Finding>.Builder findings)
    {
        var where = reading.Where.Length == 0 ? "everywhere" : reading.Where;
        if (reading.Blocks)
        {
            // A block at particular resources or occasions, such as of legacy clients, is everyday and no concern of a move.
            if (reading.Reach != Reach.Some)
            {
                findings.Add(ProofFindings.Blocked.Found().With("policy", reading.Policy.Label).With("where", where));
            }

            return LockoutVerdict.Proved;
        }

        if (WhatIsUnmet(reading, federated, answers) is not { } what)
        {
            return LockoutVerdict.Proved;
        }

        if (reading.Reach == Reach.Some)
        {
            findings.Add(ProofFindings.OutOfReachThere.Found()
                .With("policy", reading.Policy.Label).With("what", what).With("where", where).With("has", StrengthRule.InWords(answers)));
            return LockoutVerdict.Proved;
        }

        if (reading.Open is not null || !certain || !reading.Policy.Controls.AllAreNeeded)
        {
            findings.Add(ProofFindings.CannotJudge.Found().With("what", $"Whether the policy {reading.Policy.Label} locks the user out")
                .With("why", $"it demands {what}" + (!certain ? ", and whom it is about or where cannot be told"
                    : reading.Policy.Controls.AllAreNeeded ? "" : " or another control, and whether the user meets that one cannot be told")));
            return LockoutVerdict.Unknown;
        }

        findings.Add(ProofFindings.OutOfReach.Found()
            .With("policy", reading.Policy.Label).With("what", what).With("where", where).With("has", StrengthRule.InWords(answers)));
        return LockoutVerdict.LockedOut;
    }

    private static string? WhatIsUnmet(PolicyReading reading, bool? federated, MfaAnswers answers) =>
        reading.Strength is { } strength && !StrengthRule.Meets(strength, answers, federated) && !ByMfaInstead(reading, answers)
            ? $"the authentication strength \"{strength.DisplayName}\""
            : reading.Open;

    /// <summary>Whether plain MFA is one of the controls of which one is enough, and the user can do it.</summary>
    private static bool ByMfaInstead(PolicyReading reading, MfaAnswers answers) =>
        !reading.Policy.Controls.AllAreNeeded && answers != MfaAnswers.None && reading.Policy.Controls.BuiltIn.Contains("mfa", StringComparer.Ordinal);

    private static LockoutVerdict Worse(LockoutVerdict one, LockoutVerdict other) => one > other ? one : other;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
