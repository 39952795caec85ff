using System.Collections.Immutable;
using MfaPlan.Core.Changes;
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
    /// <param name="observed">Every method of the user with the default, as read now.</param>
    /// <param name="policy">The authentication methods policy.</param>
    /// <param name="mayLeaveWithout">Whether the plan accepts that users are left without a method; the limit itself is a guard's.</param>
    public static Unit ForUser(
        Unit done, ImmutableArray<string> applied, Observed<UserMethods> observed, MethodsPolicy policy, bool mayLeaveWithout)
    {
        var unit = done with { Changes = [], Findings = [], Unknown = null, Usability = null, SourceFingerprint = null };
        if (observed is not Observed<UserMethods>.Seen { Value: var now })
        {
            var code = ((Observed<UserMethods>.Unknown)observed).Code;
            return unit with { Unknown = code, Findings = [FindingCatalog.Unread.Found().With("code", code)] };
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        var ours = StillOurs(done, applied, observed, findings);
        var undo = ours.OfType<Change.SetPhone>().Select(static phone => (Change.SetPhone)phone.Inverse(Rule)).ToList();
        KeepLastMethod(done.Id.User, now, undo, policy, mayLeaveWithout, findings);
        var method = UndoDefault(done.Id.User, ours.OfType<Change.SetDefaultMethod>().FirstOrDefault(), now, undo, policy, findings);
        KeepWhatIsNeeded(now, undo, method, findings);

        var changes = ImmutableArray.CreateBuilder<Change>();
        if (method is not null)
        {
            changes.Add(method);
        }

        // Behind the default, from the last place to the first: an alternate mobile must go before its mobile does.
        changes.AddRange(undo.OrderByDescending(static phone => phone.Slot));
        var after = changes.Aggregate(now, Compare.With);
        return unit with
        {
            Changes = changes.ToImmutable(),
            Findings = findings.ToImmutable(),
            Usability = UsabilityRule.Judge(done.Id.User, now, after, policy),
        };
    }

    private static List<Change> StillOurs(
        Unit done, ImmutableArray<string> applied, Observed<UserMethods> observed, ImmutableArray<Finding>.Builder findings)
    {
        var ours = new List<Change>();
        foreach (var change in done.Changes.Where(change => applied.Contains(change.Id, StringComparer.Ordinal)))
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

    private static void KeepLastMethod(
        Guid user, UserMethods now, List<Change.SetPhone> undo, MethodsPolicy policy, bool mayLeaveWithout,
        ImmutableArray<Finding>.Builder findings)
    {
        if (mayLeaveWithout || !UsabilityRule.Usable(user, now, policy))
        {
            return;
        }

        while (!UsabilityRule.Usable(user, undo.Aggregate(now, Compare.With), policy)
            && undo.Where(static phone => phone.After is null).MinBy(static phone => phone.Slot) is { } kept)
        {
            undo.Remove(kept);
            findings.Add(FindingCatalog.LastMethodKept.Found().With("change", kept.Id));
        }
    }

    private static Change.SetDefaultMethod? UndoDefault(
        Guid user, Change.SetDefaultMethod? ours, UserMethods now, List<Change.SetPhone> undo, MethodsPolicy policy,
        ImmutableArray<Finding>.Builder findings)
    {
        var after = undo.Aggregate(now, Compare.With);
        if (ours?.Before is { } before)
        {
            return new Change.SetDefaultMethod(ours.After, before, Rule);
        }

        var leaning = now.Default is { } set && undo.Any(phone => phone.After is null && LeansOn(set, phone.Slot));
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
        UserMethods now, List<Change.SetPhone> undo, Change.SetDefaultMethod? method, ImmutableArray<Finding>.Builder findings)
    {
        var standing = method?.After ?? now.Default;
        foreach (var phone in undo.Where(static phone => phone.After is null).ToList())
        {
            var alternateStays = phone.Slot == PhoneSlot.Mobile
                && undo.Aggregate(now, Compare.With).AlternateMobile is not null;
            var defaultLeans = standing is { } word && LeansOn(word, phone.Slot);
            if (alternateStays || defaultLeans)
            {
                undo.Remove(phone);
                findings.Add(FindingCatalog.NeededByOthers.Found().With("change", phone.Id)
                    .With("other", defaultLeans ? $"the default method {standing}" : "the alternate mobile"));
            }
        }
    }

    private static bool LeansOn(DefaultMethod method, PhoneSlot slot) => method.Word switch
    {
        "sms" or "voiceMobile" => slot == PhoneSlot.Mobile,
        "voiceAlternateMobile" => slot == PhoneSlot.AlternateMobile,
        "voiceOffice" => slot == PhoneSlot.Office,
        _ => false,
    };
}
