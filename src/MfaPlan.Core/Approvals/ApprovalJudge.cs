using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Approvals;

/// <summary>Whether approvals open what is demanded. Decides everything but the arithmetic of a signature.</summary>
public static class ApprovalJudge
{
    /// <summary>How far the signer's clock may be ahead.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Judges approvals.</summary>
    /// <param name="demand">What must be approved.</param>
    /// <param name="approvals">All that there are for it, in any order.</param>
    /// <param name="now">The later of the machine's and the tenant's time.</param>
    public static ApprovalVerdict Judge(ApprovalDemand demand, IEnumerable<SignedApproval> approvals, DateTimeOffset now)
    {
        ImmutableArray<(SignedApproval Approval, ApprovalOpinion Opinion)> judged =
        [
            .. approvals.OrderBy(static approval => approval.Name, StringComparer.Ordinal)
                .Select(approval => (approval, Of(demand, approval, now))),
        ];
        var counted = judged.Where(static one => one.Opinion.Counts).Select(static one => (SignedApproval.Checked)one.Approval);
        return new ApprovalVerdict(
            People([.. counted.Select(static approval => (approval.Terms.Signer, approval.Key))]),
            demand.Signers,
            [.. judged.Select(static one => one.Opinion)]);
    }

    /// <summary>
    /// How many different people signed: as many as can be told apart by name and by key at once. One who signs with two keys is one, and
    /// so are two names that share a key.
    /// </summary>
    /// <param name="signatures">Names and keys.</param>
    public static int People(ImmutableArray<(string Name, string Key)> signatures)
    {
        var keys = signatures.ToLookup(static one => one.Name, static one => one.Key, StringComparer.OrdinalIgnoreCase);
        var nameOf = new Dictionary<string, string>(StringComparer.Ordinal);
        return keys.Count(name => Place(name.Key, new HashSet<string>(StringComparer.Ordinal)));

        // The largest matching of names and keys: a key in use goes to this name where its holder has another.
        bool Place(string name, HashSet<string> tried)
        {
            foreach (var key in keys[name])
            {
                if (tried.Add(key) && (!nameOf.TryGetValue(key, out var holder) || Place(holder, tried)))
                {
                    nameOf[key] = name;
                    return true;
                }
            }

            return false;
        }
    }

    private static ApprovalOpinion Of(ApprovalDemand demand, SignedApproval approval, DateTimeOffset now)
    {
        if (approval is not SignedApproval.Checked it)
        {
            return new ApprovalOpinion(
                approval.Name, null, ApprovalDiagnostics.Unreadable, $"It cannot be read: {((SignedApproval.Unreadable)approval).Reason}.");
        }

        var (flaw, reason) = FlawOf(demand, it, now);
        return new ApprovalOpinion(it.Name, it.Terms, flaw, reason);
    }

    /// <summary>The signature first: what a document says is nobody's word before it holds.</summary>
    private static (DiagnosticDescriptor? Flaw, string Reason) FlawOf(ApprovalDemand demand, SignedApproval.Checked approval, DateTimeOffset now)
    {
        var terms = approval.Terms;
        if (approval.Signature is not SignatureCheck.Good good)
        {
            return (ApprovalDiagnostics.Broken, "The signature does not belong to the document: one of them was changed after signing.");
        }

        if (!good.Verified.Contains(terms.Signer, StringComparer.Ordinal))
        {
            return (ApprovalDiagnostics.NotAllowed, good.Principals.IsEmpty
                ? $"The key {approval.Key} is not in the plan's allowed_signers, or not at this time."
                : $"The key {approval.Key} may not sign as {terms.Signer}.");
        }

        if (demand.Author is { } author && IsAuthor(author, terms, good))
        {
            return (ApprovalDiagnostics.ByAuthor, $"{terms.Signer} is the plan's author, or signs with a key of theirs; somebody else must sign.");
        }

        return WhatOf(demand, terms) ?? WhenOf(demand, terms, now) ?? BoundsOf(demand, terms) ?? (null, "");
    }

    private static bool IsAuthor(string author, ApprovalTerms terms, SignatureCheck.Good good) =>
        good.Principals.Concat(good.Verified.Where(name => name != terms.Signer)).Append(terms.Signer).Contains(author, StringComparer.OrdinalIgnoreCase);

    private static (DiagnosticDescriptor? Flaw, string Reason)? WhatOf(ApprovalDemand demand, ApprovalTerms terms)
    {
        var other = (demand, terms) switch
        {
            _ when terms.Tenant != demand.Tenant => "another tenant",
            _ when terms.PlanDigest != demand.PlanDigest => "the plan as it was before it was changed, or another plan",
            (ApprovalDemand.ForChangeSet set, ApprovalTerms.ForChangeSet one) => one.Digest == set.Digest ? null : "another change set",
            (ApprovalDemand.Standing, ApprovalTerms.Standing) => null,
            (_, ApprovalTerms.Standing) => "continuous migration, and this is none",
            _ => "one change set, and this is continuous migration",
        };
        return other is null ? null : (ApprovalDiagnostics.OfAnother, $"It approves something else: {other}.");
    }

    private static (DiagnosticDescriptor? Flaw, string Reason)? WhenOf(ApprovalDemand demand, ApprovalTerms terms, DateTimeOffset now)
    {
        if (terms.Expires <= now)
        {
            return (ApprovalDiagnostics.Expired, string.Create(CultureInfo.InvariantCulture, $"It held until {terms.Expires.UtcDateTime:u}."));
        }

        return demand switch
        {
            ApprovalDemand.ForChangeSet set when terms.Expires - now > set.Longest + ClockTolerance => (ApprovalDiagnostics.TooLong, string.Create(
                CultureInfo.InvariantCulture, $"It would hold until {terms.Expires.UtcDateTime:u}; the plan lets an approval hold {Durations.Format(set.Longest)}.")),
            ApprovalDemand.Standing standing when terms.Expires > standing.Until => (ApprovalDiagnostics.TooLong, string.Create(
                CultureInfo.InvariantCulture,
                $"It would hold until {terms.Expires.UtcDateTime:u}; the plan's continuous migration ends at {standing.Until.UtcDateTime:u}.")),
            _ => null,
        };
    }

    private static (DiagnosticDescriptor? Flaw, string Reason)? BoundsOf(ApprovalDemand demand, ApprovalTerms terms)
    {
        if (demand is not ApprovalDemand.Standing asked || terms is not ApprovalTerms.Standing standing)
        {
            return null;
        }

        var beyond = asked.Kinds.Except(standing.Kinds, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (beyond.Count > 0)
        {
            return (ApprovalDiagnostics.Exceeded, $"It does not allow changes of this kind: {string.Join(", ", beyond)}.");
        }

        return asked.UsersToday > standing.UsersPerDay
            ? (ApprovalDiagnostics.Exceeded, string.Create(
                CultureInfo.InvariantCulture, $"It allows {Counted.Of(standing.UsersPerDay, "user")} a day, and this would make {asked.UsersToday}."))
            : null;
    }
}
