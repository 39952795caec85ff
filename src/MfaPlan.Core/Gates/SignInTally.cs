namespace MfaPlan.Core.Gates;

/// <summary>
/// Counts the sign-ins of a wave's users as they stream by: two instants a user for each window, never the sign-ins. The order does not matter, and a row
/// that comes twice counts its user once.
/// </summary>
/// <param name="routed">The users of the wave.</param>
/// <param name="watched">The time after the wave.</param>
/// <param name="baseline">The time before; null where it is not counted.</param>
public sealed class SignInTally(IReadOnlyCollection<Guid> routed, GateWindow watched, GateWindow? baseline)
{
    private readonly HashSet<Guid> _routed = [.. routed];
    private readonly Dictionary<Guid, Seen> _watched = [];
    private readonly Dictionary<Guid, Seen> _baseline = [];
    private long _signIns;
    private long _interrupts;

    /// <summary>Takes one sign-in into account; those of others and of other times are passed over.</summary>
    public void Add(in SignInFact fact)
    {
        if (!_routed.Contains(fact.User))
        {
            return;
        }

        var outcome = SignInRule.OutcomeOf(fact.ErrorCode);
        if (watched.Holds(fact.At))
        {
            _signIns++;
            _interrupts += outcome == SignInOutcome.Interrupted ? 1 : 0;
            var methods = SignInRule.FreshMfa(fact);
            Note(_watched, fact, good: methods != SignInMethods.None, outcome, methods);
        }
        else if (baseline?.Holds(fact.At) == true)
        {
            // Before the wave MFA happened elsewhere: whoever got in was well, with or without one of ours.
            Note(_baseline, fact, good: outcome == SignInOutcome.Succeeded, outcome, SignInMethods.None);
        }
    }

    /// <summary>The counts.</summary>
    public SignInEvidence.Read Build() => new(
        new WatchedCounts(
            _signIns, _interrupts,
            _watched.Values.Count(static user => user.Good is not null), _watched.Values.Count(static user => user.HasFailed), _watched.Count,
            By(SignInMethods.CallOrText), By(SignInMethods.Push), By(SignInMethods.Code), By(SignInMethods.Unknown)),
        baseline is null ? null : new BaselineCounts(_baseline.Count, _baseline.Values.Count(static user => user.HasFailed)));

    private static void Note(Dictionary<Guid, Seen> users, in SignInFact fact, bool good, SignInOutcome outcome, SignInMethods methods)
    {
        var failed = outcome == SignInOutcome.Failed;
        if (!good && !failed)
        {
            return;
        }

        var seen = users.GetValueOrDefault(fact.User);
        users[fact.User] = new Seen(
            good ? Later(seen.Good, fact.At) : seen.Good, failed ? Later(seen.Failed, fact.At) : seen.Failed, seen.Methods | methods);
    }

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;

    private int By(SignInMethods method) => _watched.Values.Count(user => user.Methods.HasFlag(method));

    /// <summary>The newest of a user's sign-ins of either kind. At one instant the failure counts.</summary>
    private readonly record struct Seen(DateTimeOffset? Good, DateTimeOffset? Failed, SignInMethods Methods)
    {
        public bool HasFailed => Failed is { } failed && !(Good > failed);
    }
}
