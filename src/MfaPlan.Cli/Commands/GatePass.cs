using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Commands;

/// <summary>Lets a wave or the cut-over begin only behind the open gate of the wave before it.</summary>
/// <param name="host">The world.</param>
/// <param name="workspace">The plan and its state.</param>
/// <param name="connection">The way to the tenant.</param>
/// <param name="session">The lock and the journal, which takes the judgement in.</param>
/// <param name="signIns">An export of the sign-in log; null reads it live.</param>
internal sealed class GatePass(CliHost host, Workspace workspace, TenantConnection connection, IStateSession session, string? signIns)
{
    /// <summary>Judges the gate before a stage, and ends the command where it is not open.</summary>
    public async Task RequireAsync(StageId stage, CancellationToken cancellationToken)
    {
        if (Before(workspace.Loaded.Plan, stage, session.Ledger) is not { } wave)
        {
            return;
        }

        var question = Gates.QuestionOf(workspace.Loaded, wave);
        var keeper = Gates.KeeperOf(host, workspace.Loaded, workspace.State, question.Terms, connection.Time);
        var log = signIns is { } path ? await Gates.FileAsync(host, path, cancellationToken) : connection.Tenant.SignIns;
        var evidence = await keeper.JudgeAsync(question, log, connection.LaterNow(host), session.Journal, cancellationToken);
        if (evidence.Decision.IsOpen)
        {
            return;
        }

        foreach (var line in GateLines.Of(evidence))
        {
            host.Error.WriteLine(line);
        }

        var closed = evidence.Decision.Result == GateResult.Closed;
        var when = evidence.Decision.HoldUntil is { } until
            ? string.Create(CultureInfo.InvariantCulture, $" Time alone is missing: run apply again after {until.UtcDateTime:u}.")
            : "";
        throw new CommandFailedException(
            closed ? ExitCodes.Refused : ExitCodes.Incomplete,
            closed ? GateDiagnostics.Closed.Code : GateDiagnostics.NotYetKnown.Code,
            $"The stage {stage} does not begin: the gate of wave {wave} {(closed ? "is closed" : "is not known to be open yet")}.{when} Nothing was written.");
    }

    /// <summary>The wave whose gate stands before a stage; null where none does, or the wave moved nobody, so that there is nothing to judge.</summary>
    private static string? Before(Plan plan, StageId stage, Ledger ledger)
    {
        var before = StageId.Of(plan).Where(earlier => earlier < stage && earlier.WaveName is not null).Select(static earlier => (StageId?)earlier).LastOrDefault();
        return before is { } wave
            && ledger.Runs.LastOrDefault(run => run.Purpose == RunPurpose.Apply && StageId.Parse(run.Stage) == wave) is { Units: > 0 }
            ? wave.WaveName
            : null;
    }
}
