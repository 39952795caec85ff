using System.Globalization;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.Gating;

namespace MfaPlan.Cli.Rendering;

/// <summary>A gate on the screen.</summary>
internal static class GateLines
{
    /// <summary>The lines of a gate: what it came to, its criteria, and what was read.</summary>
    public static IEnumerable<string> Of(GateEvidence evidence)
    {
        var (query, sample, decision) = (evidence.Reading.Query, evidence.Reading.Sample, evidence.Decision);
        var run = query.Routing is { } routing ? $" (run {routing.Run})" : "";
        yield return $"{PlainText.Of(Core.Changes.StageId.Parse(query.Stage).Name)}{run}: {Words(decision.Result)}";
        foreach (var line in OfCriteria(decision))
        {
            yield return line;
        }

        if (sample.SignIns is SignInEvidence.Read read)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Sign-ins ({SourceOf(query)}): {read.Watched.SignIns} of the wave, {read.Watched.Interrupts} of them interrupts, which are no failures.");
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Users by method of a fresh MFA: call or text {read.Watched.CallOrText}, push {read.Watched.Push}, code {read.Watched.Code}, other names {read.Watched.Unknown}.");
            yield return read.Baseline is { } before
                ? string.Create(CultureInfo.InvariantCulture, $"As long before the wave: {before.SeenUsers} of the same users signed in, {before.FailedUsers} of them failed.")
                : "No baseline: the log does not cover as long a time before the wave, so the plan's limit alone counts.";
        }

        yield return RecordedAs(evidence.Reading);
    }

    /// <summary>The criteria of a decision, each with its reason where it does not hold.</summary>
    public static IEnumerable<string> OfCriteria(GateDecision decision)
    {
        foreach (var criterion in decision.Criteria)
        {
            yield return $"  {Mark(criterion.Result),-7} {criterion.Name,-26} {criterion.Is}  (asked: {criterion.Asked})";
            if (criterion.Reason.Length > 0)
            {
                yield return $"          {criterion.Reason}{(criterion.OpensAt is { } at ? string.Create(CultureInfo.InvariantCulture, $" Over at {at.UtcDateTime:u}.") : "")}";
            }
        }
    }

    /// <summary>Where the sign-ins came from.</summary>
    public static string SourceOf(GateQuery query) => query.Coverage?.Source == "graph" ? "Graph beta" : "file";

    /// <summary>Under what the reading is kept.</summary>
    public static string RecordedAs(GateReading reading) => $"Recorded as query {reading.QueryDigest[..12]}, sample {reading.SampleDigest[..12]}.";

    /// <summary>A result for people.</summary>
    public static string Words(GateResult result) => result switch
    {
        GateResult.Open => "open",
        GateResult.Closed => "closed",
        _ => "not yet known (holds)",
    };

    /// <summary>A question for people.</summary>
    public static string QuestionOf(Attestation question) => question switch
    {
        Attestation.SeesMethods => "Do users see the methods that were brought over on their security info page?",
        Attestation.CallOrText => "Do calls and text messages arrive and let users in?",
        Attestation.Push => "Do notifications of Microsoft Authenticator arrive and let users in?",
        Attestation.HardwareToken => "Are the codes of hardware tokens accepted?",
        _ => "Can users change their methods on the security info page?",
    };

    private static string Mark(GateResult result) => result switch
    {
        GateResult.Open => "open",
        GateResult.Closed => "closed",
        _ => "holds",
    };
}
