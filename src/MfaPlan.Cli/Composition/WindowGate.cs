using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;

namespace MfaPlan.Cli.Composition;

/// <summary>Lets the first write of a cut-over through in the plan's change window only. The way back is open at any time.</summary>
internal static class WindowGate
{
    /// <summary>Ends the command outside of the window, saying when it opens.</summary>
    /// <param name="loaded">The plan.</param>
    /// <param name="header">The change set.</param>
    /// <param name="now">The tenant's time.</param>
    public static void Require(LoadedPlan loaded, ChangeSetHeader header, DateTimeOffset now)
    {
        if (header is not { Stage: var stage, Purpose: ChangeSetPurpose.Apply } || stage != StageId.CutOver
            || loaded.Plan.CutOver?.Window is not { } text || ChangeWindow.Parse(text) is not { } window)
        {
            return;
        }

        var (opens, closes) = window.OpenOrNext(now);
        if (now < opens)
        {
            throw new CommandFailedException(ExitCodes.Incomplete, "MFP4071", string.Create(
                CultureInfo.InvariantCulture,
                $"The change window {text} is closed, and nothing was written. It opens at {opens:u} and closes at {closes:u}; run it again then: mfaplan apply {loaded.Path} --stage cutOver"));
        }
    }
}
