using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Gates;

/// <summary>
/// Judges a wave's gate. Pure: the same query and sample give the same decision. More failures after the wave never open a gate, and what was not read, not
/// signed or not waited for never does.
/// </summary>
public static class GateJudge
{
    /// <summary>How old the newest evidence may be; what happened since is not known.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    /// <summary>A baseline of fewer users excuses nothing: one of three who fails is no share.</summary>
    public const int LeastBaseline = 30;

    private static readonly GateWords OfWave = new("wave", "wave");

    /// <summary>Judges.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="sample">What was answered.</param>
    public static GateDecision Judge(GateQuery query, GateSample sample)
    {
        ImmutableArray<GateCriterion> criteria = query.Routing is { } routing
            ? [Routing(routing), .. Times(query, sample, routing), .. SignIns(query, sample, routing), .. Answers(query, sample)]
            : [new("routing", GateResult.NotYetKnown, "nobody", "a run of the wave", "No run has routed anybody of this wave. Apply the wave first.")];
        return Decide(criteria);
    }

    /// <summary>What criteria come to: the worst of them, and when it is worth judging again where time alone is missing.</summary>
    internal static GateDecision Decide(ImmutableArray<GateCriterion> criteria)
    {
        var result = criteria.Max(static criterion => criterion.Result);
        var missing = criteria.Where(static criterion => criterion.Result != GateResult.Open).ToList();
        return new GateDecision(
            result, criteria,
            result == GateResult.NotYetKnown && missing.TrueForAll(static criterion => criterion.OpensAt is not null)
                ? missing.Max(static criterion => criterion.OpensAt)
                : null);
    }

    private static GateCriterion Routing(GateRouting routing)
    {
        var count = Text($"{Counted.Of(routing.Users, "user")} routed");
        return routing.IsOpen
            ? new("routing", GateResult.NotYetKnown, count, "no run of the wave open", "A run of the wave is still open. Go on with it, or abandon it.")
            : new("routing", GateResult.Open, count, "no run of the wave open", "");
    }

    private static IEnumerable<GateCriterion> Times(GateQuery query, GateSample sample, GateRouting routing)
    {
        var effective = routing.Last + query.Terms.Propagation;
        yield return Waited("propagation", query.Now - routing.Last, query.Terms.Propagation, query.Now, effective, "The change may not have reached everywhere yet.");

        // What was not read was not watched; where the log is not asked, the clock alone watches.
        var watched = (sample.SignIns, query.Watched) switch
        {
            (SignInEvidence.Read, { } window) => window,
            _ => new GateWindow(effective, query.Now),
        };
        yield return Waited(
            "soak", watched.Until - watched.From, query.Terms.Soak, query.Now, watched.From + query.Terms.Soak, "The wave has not been watched for long enough.");
    }

    /// <summary>A wait that is over, or holds until it is.</summary>
    internal static GateCriterion Waited(string name, TimeSpan waited, TimeSpan asked, DateTimeOffset now, DateTimeOffset opensAt, string reason)
    {
        var length = waited < TimeSpan.Zero ? TimeSpan.Zero : waited;
        var text = Durations.Format(Whole(length));

        // A clock that stands before the wave has waited for nothing, however little is asked.
        return waited >= TimeSpan.Zero && waited >= asked
            ? new(name, GateResult.Open, text, Durations.Format(asked), "")
            : new(name, GateResult.NotYetKnown, text, Durations.Format(asked), reason, opensAt > now ? opensAt : null);
    }

    /// <summary>As exact as a person wants to know it: whole hours from two hours on, whole minutes from two minutes on.</summary>
    private static TimeSpan Whole(TimeSpan length) => length switch
    {
        { TotalHours: >= 2 } => TimeSpan.FromHours(Math.Floor(length.TotalHours)),
        { TotalMinutes: >= 2 } => TimeSpan.FromMinutes(Math.Floor(length.TotalMinutes)),
        _ => TimeSpan.FromSeconds(Math.Floor(length.TotalSeconds)),
    };

    private static IEnumerable<GateCriterion> SignIns(GateQuery query, GateSample sample, GateRouting routing)
    {
        if (!query.Terms.AskSignIns)
        {
            yield break;
        }

        yield return LogRead(query, sample);
        if (sample.SignIns is not SignInEvidence.Read read || query.Watched is null)
        {
            yield break;
        }

        var counts = read.Watched;
        if (query.Terms.MinUsers > 0)
        {
            yield return AtLeast(
                "minUsers", counts.FreshUsers, Math.Min(query.Terms.MinUsers, routing.Users), "Too few users of the wave have done a fresh MFA in the cloud yet.");
        }

        if (query.Terms.FreshMfaUsers is { } fresh)
        {
            yield return counts.FreshUsers * 100m >= fresh * routing.Users
                ? new("freshMfaUsers", GateResult.Open, Share(counts.FreshUsers, routing.Users), Percent(fresh), "")
                : new("freshMfaUsers", GateResult.NotYetKnown, Share(counts.FreshUsers, routing.Users), Percent(fresh),
                    "Too small a share of the wave has done a fresh MFA in the cloud yet.");
        }

        if (query.Terms.FailedUsers is { } failed)
        {
            yield return Failed(query.Terms, failed, read, routing, OfWave);
        }

        if (query.Terms.PerMethodUsers is { } each)
        {
            foreach (var (question, count) in MethodsOf(query.Terms, counts))
            {
                yield return AtLeast(
                    "perMethodUsers/" + WordOf(question), count, Math.Min(each, routing.Users), "Too few users of the wave have done a fresh MFA by this method yet.");
            }
        }
    }

    /// <summary>Whether the log was read, whole and not too long ago.</summary>
    internal static GateCriterion LogRead(GateQuery query, GateSample sample)
    {
        if (sample.SignIns is not SignInEvidence.Read read || query.Watched is not { } watched)
        {
            return new(
                "signIns", GateResult.NotYetKnown, sample.SignIns is SignInEvidence.Unread unread ? $"not read ({unread.Code})" : "not read", "read whole",
                "The sign-in log could not be read, and nothing is concluded from that. Grant AuditLog.Read.All, or give an export with --sign-ins FILE.");
        }

        return query.Now - watched.Until > MaxAge
            ? new(
                "signIns", GateResult.NotYetKnown, Text($"until {watched.Until.UtcDateTime:u}"), $"not older than {Durations.Format(MaxAge)}",
                "What happened since the newest sign-in is not known. Export the sign-ins again.")
            : new("signIns", GateResult.Open, Text($"{read.Watched.SignIns} from {watched.From.UtcDateTime:u} until {watched.Until.UtcDateTime:u}"), "read whole", "");
    }

    /// <summary>
    /// The share of users who failed, of those of whom anything is known, against the plan's limit or, where that was more, against the share of the same users in as
    /// long a time before the wave. A baseline that was not read, or of too few users, excuses nothing.
    /// </summary>
    internal static GateCriterion Failed(GateTerms terms, decimal limit, SignInEvidence.Read read, GateRouting routing, GateWords words)
    {
        var (failed, seen) = (read.Watched.FailedUsers, read.Watched.SeenUsers);
        var least = Math.Min(Math.Max(1, terms.MinUsers), routing.Users);
        var excused = ExcuseOf(read.Baseline, limit, least);
        var asked = excused is null ? $"at most {Percent(limit)}" : $"at most {Percent(limit)}, or as before the {words.Moved}: {Share(excused.FailedUsers, excused.SeenUsers)}";
        var there = Share(failed, seen);
        if (seen == 0)
        {
            return new("failedUsers", GateResult.NotYetKnown, there, asked, $"Nobody of the {words.Users} has signed in yet, so no share is known.");
        }

        if (failed * 100m <= limit * seen || (excused is not null && (decimal)failed * excused.SeenUsers <= (decimal)excused.FailedUsers * seen))
        {
            return new("failedUsers", GateResult.Open, there, asked, "");
        }

        // Of few users a share says little, unless so many have failed that all others cannot bring it down.
        return seen >= least || failed * 100m > limit * routing.Users
            ? new("failedUsers", GateResult.Closed, there, asked,
                $"Too many users of the {words.Users} cannot do MFA in the cloud: their last try failed. Find out why, or roll the {words.Moved} back.")
            : new("failedUsers", GateResult.NotYetKnown, there, asked, $"Users of the {words.Users} have failed, and too few have signed in to say what share that is.");
    }

    /// <summary>The baseline where it lets more fail than the plan's limit; else null.</summary>
    private static BaselineCounts? ExcuseOf(BaselineCounts? before, decimal limit, long least) =>
        before is not null && before.SeenUsers >= Math.Max(LeastBaseline, least) && before.FailedUsers * 100m > limit * before.SeenUsers ? before : null;

    /// <summary>
    /// The methods that are counted: those that people are asked about, as far as the log can tell them apart. How it names hardware tokens is not established, so
    /// only people vouch for them. Where none is asked about, calls and text messages, which a migration brings over.
    /// </summary>
    private static IEnumerable<(Attestation Question, int Count)> MethodsOf(GateTerms terms, WatchedCounts counts)
    {
        var push = terms.Attest.Contains(Attestation.Push);
        if (terms.Attest.Contains(Attestation.CallOrText) || !push)
        {
            yield return (Attestation.CallOrText, counts.CallOrText);
        }

        if (push)
        {
            yield return (Attestation.Push, counts.Push);
        }
    }

    private static IEnumerable<GateCriterion> Answers(GateQuery query, GateSample sample)
    {
        foreach (var question in query.Terms.Attest)
        {
            var name = "attest/" + WordOf(question);
            var asked = Text($"{query.Terms.Signers} signed yes");
            var answer = sample.Answers.FirstOrDefault(answer => answer.Question == question) ?? new GateAnswer(question, 0, 0, 0);
            var there = Text($"{answer.Yes} yes, {answer.No} no");
            yield return answer switch
            {
                { No: > 0 } => new(name, GateResult.Closed, there, asked, "Somebody has signed that this does not work. Mend it and attest again, or roll the wave back."),
                { Unreadable: > 0 } => new(
                    name, GateResult.NotYetKnown, Text($"{there}, {answer.Unreadable} unreadable"), asked,
                    "An attestation of this run cannot be read or was changed, and it may say no. Find out what happened to it, then take it away."),
                _ when answer.Yes >= query.Terms.Signers => new(name, GateResult.Open, there, asked, ""),
                _ => new(name, GateResult.NotYetKnown, there, asked, "Have somebody try it and run: mfaplan attest"),
            };
        }
    }

    /// <summary>A question's word in plans, documents and on the command line.</summary>
    public static string WordOf(Attestation question) => question switch
    {
        Attestation.SeesMethods => "seesMethods",
        Attestation.CallOrText => "callOrText",
        Attestation.Push => "push",
        Attestation.HardwareToken => "hardwareToken",
        _ => "portal",
    };

    /// <summary>A count that is reached, or holds until it is.</summary>
    internal static GateCriterion AtLeast(string name, long there, long asked, string reason) => there >= asked
        ? new(name, GateResult.Open, Text($"{there}"), Text($"{asked}"), "")
        : new(name, GateResult.NotYetKnown, Text($"{there}"), Text($"{asked}"), reason);

    /// <summary>A count of another, with the share.</summary>
    internal static string Share(long count, long of) =>
        of == 0 ? Text($"{count} of {of}") : Text($"{count} of {of} ({count * 100m / of:0.##}%)");

    private static string Percent(decimal share) => Text($"{share:0.####}%");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a gate's sentences name what was moved.</summary>
/// <param name="Users">Whose users they are.</param>
/// <param name="Moved">What moved them, and can be rolled back.</param>
internal sealed record GateWords(string Users, string Moved);
