using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Text;

namespace MfaPlan.Cli.Rendering;

/// <summary>The watch after a cut-over on the screen.</summary>
internal static class WatchLines
{
    /// <summary>The advice, its criteria, what was read, and what the way back would be.</summary>
    public static IEnumerable<string> Of(LoadedPlan loaded, GateReading reading, ImmutableArray<WayBackStep> back)
    {
        yield return $"cutOver{(reading.Query.Routing is { } routing ? $" (run {routing.Run})" : "")}: {Words(reading.Decision.Result)}";
        foreach (var line in GateLines.OfCriteria(reading.Decision))
        {
            yield return line;
        }

        if (reading.Sample.SignIns is SignInEvidence.Read read)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Sign-ins ({GateLines.SourceOf(reading.Query)}): {read.Watched.SignIns} since the switch, {read.Watched.Interrupts} of them interrupts, which are no failures.");
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Since the switch: {Counted.Of(read.Watched.FreshUsers, "user")} with a fresh MFA in the cloud, {read.Watched.FailedUsers} whose last try failed.");
            yield return read.Baseline is { } before
                ? string.Create(CultureInfo.InvariantCulture, $"Before the switch: {before.SeenUsers} of the same users signed in or failed, {before.FailedUsers} of them failed.")
                : "No baseline: the log does not cover as long a time before the switch.";
        }

        foreach (var step in back)
        {
            yield return $"Back: {WayBackStep.WordOf(step.Kind)}: {PlainText.Of(step.What)}{(step.Arguments is { } arguments ? $": mfaplan rollback {loaded.Path} {arguments}" : "")}";
            if (step.Reason.Length > 0)
            {
                yield return "      " + PlainText.Of(step.Reason);
            }
        }

        yield return GateLines.RecordedAs(reading);
    }

    /// <summary>An advice for people.</summary>
    public static string Words(GateResult result) => result switch
    {
        GateResult.Open => "go on",
        GateResult.Closed => "stop",
        _ => "not yet known",
    };
}
