using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Gates;

/// <summary>
/// Judges the watch after a cut-over: open is <em>go on</em>, closed is <em>stop and bring it back</em>. Pure, with the laws of <see cref="GateJudge"/>: the same evidence
/// gives the same advice, more failures never turn a stop into a go, and missing evidence never says go.
/// </summary>
public static class WatchJudge
{
    private static readonly GateWords Words = new("switched domains", "switch");

    /// <summary>Judges.</summary>
    /// <param name="query">Made by <see cref="GateQuery.OfSwitch"/>.</param>
    /// <param name="sample">What the log said.</param>
    public static GateDecision Judge(GateQuery query, GateSample sample)
    {
        if (query.Routing is not { } routing)
        {
            return GateJudge.Decide(
            [
                new("switched", GateResult.NotYetKnown, sample.SignIns is SignInEvidence.Unread unread ? $"users not read ({unread.Code})" : "nobody", "users of switched domains",
                    "The users of the switched domains could not be read, so nobody knows whose sign-ins to look at. Mend the cause and watch again."),
            ]);
        }

        var criteria = ImmutableArray.CreateBuilder<GateCriterion>();
        criteria.Add(Switched(routing));
        criteria.Add(GateJudge.Waited(
            "propagation", query.Now - routing.Last, query.Terms.Propagation, query.Now, routing.Last + query.Terms.Propagation,
            "The switch may not count everywhere yet."));
        var watched = query.Watched;
        criteria.Add(GateJudge.Waited(
            "watch", sample.SignIns is SignInEvidence.Read && watched is not null ? watched.Until - watched.From : TimeSpan.Zero, query.Terms.Soak, query.Now,
            (watched?.From ?? routing.Last) + query.Terms.Soak, "Sign-ins have not been watched for as long as cutOver.watch says."));
        criteria.Add(GateJudge.LogRead(query, sample));
        if (sample.SignIns is SignInEvidence.Read read && watched is not null)
        {
            criteria.Add(GateJudge.AtLeast(
                "minUsers", read.Watched.FreshUsers, Math.Min(query.Terms.MinUsers, routing.Users), "Too few users of the switched domains have done a fresh MFA in the cloud yet."));
            criteria.Add(query.Terms.FailedUsers is { } limit
                ? GateJudge.Failed(query.Terms, limit, read, routing, Words)
                : AgainstBaseline(read));
        }

        return GateJudge.Decide(criteria.ToImmutable());
    }

    private static GateCriterion Switched(GateRouting routing)
    {
        var count = Counted.Of(routing.Users, "user");
        return routing switch
        {
            { IsOpen: true } => new("switched", GateResult.NotYetKnown, count, "no run of the cut-over open", "A run of the cut-over is still open. Go on with it, or abandon it."),
            { Users: 0 } => new("switched", GateResult.NotYetKnown, count, "users of switched domains", "No enabled user is in the switched domains, so there is nothing to watch."),
            _ => new("switched", GateResult.Open, count, "no run of the cut-over open", ""),
        };
    }

    /// <summary>
    /// Without a limit of the plan, the same users before the switch are the measure: as many failures as their share then gives, and what chance adds to such a count
    /// (three times its spread, the square root of what is expected, and at least three users). Without a failure nothing is worse than before.
    /// </summary>
    private static GateCriterion AgainstBaseline(SignInEvidence.Read read)
    {
        var (failed, seen) = (read.Watched.FailedUsers, read.Watched.SeenUsers);
        var there = GateJudge.Share(failed, seen);
        if (seen == 0)
        {
            return new("failedUsers", GateResult.NotYetKnown, there, "no more than before the switch", "Nobody of the switched domains has signed in yet, so no share is known.");
        }

        if (failed == 0)
        {
            return new("failedUsers", GateResult.Open, there, "no more than before the switch", "");
        }

        if (read.Baseline is not { SeenUsers: >= GateJudge.LeastBaseline } before)
        {
            return new("failedUsers", GateResult.NotYetKnown, there, "no more than before the switch",
                $"Users have failed, and of fewer than {GateJudge.LeastBaseline.ToString(CultureInfo.InvariantCulture)} of them the log says how it was before, so nothing says whether that is many. "
                + "Look at who they are, or set rollout.gateDefaults.failedUsers.");
        }

        // failed > expected + 3 · max(1, √expected) with expected = seen · share before, in whole numbers: times before.SeenUsers, squared.
        var excess = ((decimal)failed * before.SeenUsers) - ((decimal)before.FailedUsers * seen);
        var spread = Math.Max((decimal)before.SeenUsers * before.SeenUsers, (decimal)before.FailedUsers * seen * before.SeenUsers);
        var asked = $"no more than before the switch: {GateJudge.Share(before.FailedUsers, before.SeenUsers)}";
        return excess > 0 && excess * excess > 9 * spread
            ? new("failedUsers", GateResult.Closed, there, asked,
                "Clearly more users than before the switch cannot do MFA: their last try failed. Find out why at once, or roll the switch back.")
            : new("failedUsers", GateResult.Open, there, asked, "");
    }
}
