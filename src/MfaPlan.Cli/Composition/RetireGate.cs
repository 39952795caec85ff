using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Waves;

namespace MfaPlan.Cli.Composition;

/// <summary>Lets the staged rollout end only when the wait after the cut-over is over. The way back is open at any time.</summary>
internal static class RetireGate
{
    /// <summary>Ends the command before that, saying from when on it may.</summary>
    /// <param name="loaded">The plan.</param>
    /// <param name="header">The change set.</param>
    /// <param name="ledger">What the journal says.</param>
    /// <param name="now">The tenant's time.</param>
    public static void Require(LoadedPlan loaded, ChangeSetHeader header, Ledger ledger, DateTimeOffset now)
    {
        if (header is { Purpose: ChangeSetPurpose.Apply } && header.Stage == StageId.Retire
            && RetireDue.Of(loaded.Plan, ledger) is { From: { } from } && now < from)
        {
            throw new CommandFailedException(ExitCodes.Incomplete, RetireGuards.TooEarly.Code, string.Create(
                CultureInfo.InvariantCulture,
                $"The staged rollout may end from {from.UtcDateTime:u}, and nothing was written. Run it again then: mfaplan apply {loaded.Path} --stage retire"));
        }
    }
}
