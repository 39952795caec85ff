using MfaPlan.Core.Gates;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Gates;

/// <summary>The gate judged a second time, from the rows and the text of docs/gates.md, as slowly and plainly as it can be.</summary>
internal static class SecondJudge
{
    private static readonly int[] Interrupts = [16000, 50058, 50072, 50076, 50078, 50079, 50097, 50125, 50127, 50129, 50140, 50158, 50199, 51006, 65001, 70044];
    private static readonly int[] NotOfMfa = [50034, 50053, 50055, 50056, 50057, 50126, 50144];

    public static GateResult Judge(GateWorld world)
    {
        var verdicts = new List<GateResult>();
        var (terms, now) = (world.Terms, world.Now);
        var effective = GateWorld.Routed + terms.Propagation;
        verdicts.Add(Holds(now >= effective));

        var asks = terms.MinUsers > 0 || terms.FreshMfaUsers != null || terms.FailedUsers != null || terms.PerMethodUsers != null;
        var (from, until) = (effective, now);
        if (asks && world.Coverage is { } span)
        {
            from = Max(effective, GateWorld.Routed.AddHours(span.FromHours));
            until = Min(now, GateWorld.Routed.AddHours(span.UntilHours));
        }

        verdicts.Add(Holds(until - from >= TimeSpan.Zero && until - from >= terms.Soak));
        if (asks && world.Coverage is null)
        {
            verdicts.Add(GateResult.NotYetKnown);
        }
        else if (asks)
        {
            verdicts.Add(Holds(now - until <= TimeSpan.FromHours(24)));
            verdicts.AddRange(OfSignIns(world, from, until));
        }

        foreach (var question in terms.Attest)
        {
            var answer = world.Answers.Single(answer => answer.Question == question);
            verdicts.Add(answer.No > 0 ? GateResult.Closed : Holds(answer.Unreadable == 0 && answer.Yes >= terms.Signers));
        }

        return verdicts.Contains(GateResult.Closed) ? GateResult.Closed : verdicts.Contains(GateResult.NotYetKnown) ? GateResult.NotYetKnown : GateResult.Open;
    }

    private static IEnumerable<GateResult> OfSignIns(GateWorld world, DateTimeOffset from, DateTimeOffset until)
    {
        var terms = world.Terms;
        var routed = Enumerable.Range(0, world.Users).Select(GateWorld.IdOf).ToList();
        var rows = world.Facts.Where(fact => routed.Contains(fact.User) && fact.At >= from && fact.At <= until).ToList();
        var fresh = routed.Where(user => rows.Any(row => row.User == user && IsFresh(row))).ToList();
        var failed = routed.Where(user => rows.Any(bad => bad.User == user && IsFailure(bad)
            && !rows.Any(good => good.User == user && IsFresh(good) && good.At > bad.At))).ToList();
        var seen = fresh.Union(failed).Count();
        var least = Math.Min(Math.Max(1, terms.MinUsers), world.Users);
        if (terms.MinUsers > 0)
        {
            yield return Holds(fresh.Count >= Math.Min(terms.MinUsers, world.Users));
        }

        if (terms.FreshMfaUsers is { } share)
        {
            yield return Holds(100m * fresh.Count >= share * world.Users);
        }

        if (terms.FailedUsers is { } limit)
        {
            var allowed = Math.Max(limit / 100m, Baseline(world, routed, until - from, least));
            yield return seen == 0 ? GateResult.NotYetKnown
                : decimal.Divide(failed.Count, seen) <= allowed ? GateResult.Open
                : seen >= least || 100m * failed.Count > limit * world.Users ? GateResult.Closed : GateResult.NotYetKnown;
        }

        if (terms.PerMethodUsers is { } each)
        {
            var asksPush = terms.Attest.Contains(Attestation.Push);
            if (asksPush)
            {
                yield return Holds(By(["Authenticator App"]) >= Math.Min(each, world.Users));
            }

            if (!asksPush || terms.Attest.Contains(Attestation.CallOrText))
            {
                yield return Holds(By(["SMS", "Text message", "Voice"]) >= Math.Min(each, world.Users));
            }
        }

        int By(string[] names) => routed.Count(user => rows.Any(row => row.User == user && IsFresh(row) && row.Steps.Any(step => step.Succeeded && names.Contains(step.Method))));
    }

    /// <summary>The share that failed before the wave, where it may be taken into account; else none.</summary>
    private static decimal Baseline(GateWorld world, List<Guid> routed, TimeSpan length, long least)
    {
        var until = GateWorld.Routed.AddHours(-2);
        var (from, covered) = (until - length, world.Coverage!.Value);
        if (length <= TimeSpan.Zero || from < GateWorld.Routed.AddHours(covered.FromHours) || until > GateWorld.Routed.AddHours(covered.UntilHours))
        {
            return 0;
        }

        var rows = world.Facts.Where(fact => fact.At >= from && fact.At <= until).ToList();
        var seen = routed.Where(user => rows.Any(row => row.User == user && (row.ErrorCode == 0 || IsFailure(row)))).ToList();
        var failed = seen.Count(user => rows.Any(bad => bad.User == user && IsFailure(bad)
            && !rows.Any(good => good.User == user && good.ErrorCode == 0 && good.At > bad.At)));
        return seen.Count >= Math.Max(30, least) ? decimal.Divide(failed, seen.Count) : 0;
    }

    private static bool IsFailure(SignInFact row) => row.ErrorCode != 0 && !Interrupts.Contains(row.ErrorCode) && !NotOfMfa.Contains(row.ErrorCode);

    private static bool IsFresh(SignInFact row) => row is { AsksMfa: true, IsOfEntra: true } && (row.ErrorCode == 0 || Interrupts.Contains(row.ErrorCode))
        && row.Steps.Any(static step => step.Succeeded && step.Method.Trim().Length > 0 && step.Method is not ("Password" or "Previously satisfied" or "Satisfied by token"));

    private static GateResult Holds(bool holds) => holds ? GateResult.Open : GateResult.NotYetKnown;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
