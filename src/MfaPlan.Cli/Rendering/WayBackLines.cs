using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Text;

namespace MfaPlan.Cli.Rendering;

/// <summary>The way back of a plan on the screen.</summary>
internal static class WayBackLines
{
    /// <summary>The steps, numbered in order, and their counts.</summary>
    public static IEnumerable<string> Of(LoadedPlan loaded, WayBackSituation situation, ImmutableArray<WayBackStep> steps)
    {
        yield return $"{PlainText.Of(loaded.Plan.Metadata.Name)}: the way back, as things stand; routing before data, the last stage first. Nothing was written.";
        if (steps.IsEmpty)
        {
            yield return "Nothing that was applied is in force, so there is nothing to undo.";
            yield break;
        }

        for (var at = 0; at < steps.Length; at++)
        {
            var step = steps[at];
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{at + 1,3}  {WayBackStep.WordOf(step.Kind),-10}  {step.Stage}: {Users(step)}  {PlainText.Of(step.What)}");
            if (step.Arguments is { } arguments)
            {
                yield return $"                 mfaplan rollback {loaded.Path} {arguments}";
            }

            if (step.Reason.Length > 0)
            {
                yield return $"                 {PlainText.Of(step.Reason)}";
            }
        }

        yield return $"In all: {WayBackPlanner.Counts(steps)}. Users moved back: {Number(situation.Moved)}; users whose methods were written: {Number(situation.Migrated)}.";
        yield return $"The guide's own rollback: {WayBackPlanner.Guide}";
    }

    private static string Users(WayBackStep step) => step.Users is { } users ? Counted.Of(users, "user") + "." : "users not known.";

    private static string Number(long? users) => users is { } known ? known.ToString(CultureInfo.InvariantCulture) : "not known";
}
