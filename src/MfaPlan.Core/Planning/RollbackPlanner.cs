using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Planning;

/// <summary>
/// From what a run applied to a user and what is there now to the unit that undoes it. Only what was applied and still has the value that was
/// written is undone; what somebody changed since stays, and so does a user's last usable method unless the plan accepts that.
/// </summary>
public static class RollbackPlanner
{
    private const string Rule = "undo";

    /// <summary>Plans the way back of one user.</summary>
    /// <param name="done">The unit as it was applied.</param>
    /// <param name="applied">The ids of its changes that ended applied.</param>
    /// <param name="observed">Every method of the user with the default, and the inventory's devices for the unit's tokens, as read now.</param>
    /// <param name="policy">The authentication methods policy.</param>
    /// <param name="mayLeaveWithout">Whether the plan accepts that users are left without a method; the limit itself is a guard's.</param>
    /// <param name="ended">Ways to answer that have ended already, see <see cref="Retirements.EndedAt"/>: a phone that nobody rings is no reason to take a token.</param>
    public static Unit ForUser(
        Unit done, ImmutableArray<string> applied, Observed<UserMethods> observed, MethodsPolicy policy, bool mayLeaveWithout,
        MfaAnswers ended = MfaAnswers.None)
    {
        var unit = done with { Changes = [], Findings = [], Unknown = null, Usability = null, SourceFingerprint = null };
        if (observed is not Observed<UserMethods>.Seen { Value: var now })
        {
            var code = ((Observed<UserMethods>.Unknown)observed).Code;
            return unit with { Unknown = code, Findings = [FindingCatalog.Unread.Found().With("code", code).With("remedy", Denial.Remedy(code, Denial.Methods))] };
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        var ours = StillOurs(done, applied, observed, findings);
        var undo = TokensBack(Applied(done, applied).OfType<Change.OfToken>(), ours, now, findings)
            .Concat(ours.OfType<Change.SetPhone>().OrderByDescending(static phone => phone.Slot).Select(static phone => phone.Inverse(Rule)))
            .ToList();
        if (!mayLeaveWithout)
        {
            // What still answers is kept first. Where nothing does, what would by the policy alone is kept all the same: whoever has telephony of
            // the organisation's own goes on being rung.
            KeepLastMethod(methods => UsabilityRule.Usable(done.Id.User, methods, policy, ended), now, undo, findings);
            KeepLastMethod(methods => UsabilityRule.Usable(done.Id.User, methods, policy), now, undo, findings);
        }

        var method = UndoDefault(done.Id.User, ours.OfType<Change.SetDefaultMethod>().FirstOrDefault(), now, undo, policy, findings);
        KeepWhatIsNeeded(now, undo, method, findings);

        var changes = ImmutableArray.CreateBuilder<Change>();
        if (method is not null)
        {
            changes.Add(method);
        }

        // Behind the default; phones from the last place to the first: an alternate mobile must go before its mobile does.
        changes.AddRange(undo);
        var after = changes.Aggregate(now, Compare.With);
        return unit with
        {
            Changes = changes.ToImmutable(),
            Findings = findings.ToImmutable(),
            Usability = UsabilityRule.Judge(done.Id.User, now, after, policy),
        };
    }

    private static IEnumerable<Change> Applied(Unit done, ImmutableArray<string> applied) =>
        done.Changes.Where(change => applied.Contains(change.Id, StringComparer.Ordinal));

    private static List<Change> StillOurs(
        Unit done, ImmutableArray<string> applied, Observed<UserMethods> observed, ImmutableArray<Finding>.Builder findings)
    {
        var ours = new List<Change>();
        foreach (var change in Applied(done, applied))
        {
            switch (Compare.Of(change, observed))
            {
                case Position.AsAfter:
                    ours.Add(change);
                    break;
                case Position.Other:
                    findings.Add(FindingCatalog.ChangedSince.Found().With("change", change.Id));
                    break;
            }
        }

        return ours;
    }

    /// <summary>
    /// The way back of tokens: what was assigned is unassigned, which ends its activation too, and what was created is then deleted. A token of
    /// which any step is no longer as it was written is somebody else's business by now and stays as it is.
    /// </summary>
    private static List<Change> TokensBack(
        IEnumerable<Change.OfToken> applied, List<Change> ours, UserMethods now, ImmutableArray<Finding>.Builder findings)
    {
        var back = new List<Change>();
        foreach (var steps in applied.GroupBy(static step => step.Token.Serial, StringComparer.OrdinalIgnoreCase))
        {
            var still = steps.Where(ours.Contains).ToList();
            var unassign = still.OfType<Change.AssignToken>().FirstOrDefault();
            var deactivate = still.OfType<Change.ActivateToken>().FirstOrDefault(_ => unassign is null);
            var givenByOthers = unassign is null && now.Token(steps.Key) is { Holder: TokenHolder.User };
            var moved = still.Count < steps.Count() ? steps.First(step => !still.Contains(step)) : givenByOthers && deactivate is null ? steps.First() : null;
            if (moved is not null)
            {
                findings.AddRange(still.Count > 0 ? [FindingCatalog.ChangedSince.Found().With("change", moved.Id)] : Array.Empty<Finding>());
                continue;
            }

            back.AddRange(new Change.OfToken?[] { unassign, deactivate, givenByOthers ? null : still.OfType<Change.CreateToken>().FirstOrDefault() }
                .OfType<Change.OfToken>().Select(static step => step.Inverse(Rule)));
        }

        return back;
    }

    private static void KeepLastMethod(Func<UserMethods, bool> usable, UserMethods now, List<Change> undo, ImmutableArray<Finding>.Builder findings)
    {
        if (!usable(now))
        {
            return;
        }

        // A token before a phone, for it lasts longer; of phones the mobile first.
        var candidates = undo.OfType<Change.OfToken>().GroupBy(static step => step.Token.Serial, StringComparer.OrdinalIgnoreCase)
            .Select(static steps => steps.ToArray<Change>())
            .Concat(undo.OfType<Change.SetPhone>().Where(static phone => phone.After is null).OrderBy(static phone => phone.Slot)
                .Select(static phone => new Change[] { phone }))
            .ToList();
        foreach (var kept in candidates)
        {
            if (usable(undo.Aggregate(now, Compare.With)))
            {
                return;
            }

            if (kept[0] is Change.OfToken && !usable(undo.Except(kept).Aggregate(now, Compare.With)))
            {
                continue;
            }

            foreach (var change in kept)
            {
                undo.Remove(change);
                findings.Add(FindingCatalog.LastMethodKept.Found().With("change", change.Id));
            }
        }
    }

    private static Change.SetDefaultMethod? UndoDefault(
        Guid user, Change.SetDefaultMethod? ours, UserMethods now, List<Change> undo, MethodsPolicy policy,
        ImmutableArray<Finding>.Builder findings)
    {
        var after = undo.Aggregate(now, Compare.With);
        if (ours?.Before is { } before)
        {
            return new Change.SetDefaultMethod(ours.After, before, Rule);
        }

        var leaning = now.Default is { } set && undo.Any(change => Takes(change, set, after));
        if (!leaning)
        {
            if (ours is not null)
            {
                findings.Add(FindingCatalog.DefaultStays.Found().With("how", $"stays {ours.After.Word}"));
            }

            return null;
        }

        // The number of the default method cannot be deleted, and a default cannot be unset: another method takes its place.
        if (DefaultMethodRule.MostSecure(user, after, policy) is not { } other)
        {
            return null;
        }

        if (ours is not null)
        {
            findings.Add(FindingCatalog.DefaultStays.Found().With("how", $"becomes {other.Word}, the most secure that remains"));
        }

        return new Change.SetDefaultMethod(now.Default, other, Rule);
    }

    /// <summary>Takes back what the service would refuse: the number of the default, and a mobile beside which an alternate stays.</summary>
    private static void KeepWhatIsNeeded(
        UserMethods now, List<Change> undo, Change.SetDefaultMethod? method, ImmutableArray<Finding>.Builder findings)
    {
        var standing = method?.After ?? now.Default;
        var after = undo.Aggregate(now, Compare.With);
        foreach (var change in undo.Where(static change => change is Change.SetPhone { After: null } or Change.OfToken).ToList())
        {
            var alternateStays = change is Change.SetPhone { Slot: PhoneSlot.Mobile }
                && undo.Aggregate(now, Compare.With).AlternateMobile is not null;
            var defaultLeans = standing is { } word && Takes(change, word, after);
            if (alternateStays || defaultLeans)
            {
                undo.Remove(change);
                findings.Add(FindingCatalog.NeededByOthers.Found().With("change", change.Id)
                    .With("other", defaultLeans ? $"the default method {standing}" : "the alternate mobile"));
            }
        }
    }

    /// <summary>Whether an undoing takes away what a default method needs: its number, or the last token.</summary>
    private static bool Takes(Change undo, DefaultMethod method, UserMethods after) => (undo, method.Word) switch
    {
        (Change.SetPhone { After: null, Slot: PhoneSlot.Mobile }, "sms" or "voiceMobile") => true,
        (Change.SetPhone { After: null, Slot: PhoneSlot.AlternateMobile }, "voiceAlternateMobile") => true,
        (Change.SetPhone { After: null, Slot: PhoneSlot.Office }, "voiceOffice") => true,
        (Change.OfToken, "oath") => after.SoftwareTokens + after.ActiveHardwareTokens == 0,
        _ => false,
    };
}
