using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Engine.Gating;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Commands;

/// <summary>Lets a wave or the cut-over begin only behind the open gate of the last wave before it that moved anybody.</summary>
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
        // The nearest wave that moved anybody: one that was empty, or was moved back whole, has nothing to judge, and must not hide the one before it.
        ISignInLog? log = null;
        foreach (var earlier in StageId.Of(workspace.Loaded.Plan).Where(earlier => earlier < stage && earlier.WaveName is not null).Reverse())
        {
            var question = Gates.QuestionOf(workspace.Loaded, earlier.WaveName);
            var keeper = Gates.KeeperOf(host, workspace.Loaded, workspace.State, question.Terms, connection.Time);
            log ??= signIns is { } path ? await Gates.FileAsync(host, path, cancellationToken) : connection.Tenant.SignIns;
            var evidence = await keeper.GatherAsync(question, log, connection.EarlierNow, cancellationToken);
            if (evidence.Reading.Query.Routing is not null)
            {
                await keeper.RecordAsync(evidence.Reading, session.Journal, cancellationToken);
                RequireOpen(evidence, stage, earlier.WaveName!);
                return;
            }
        }
    }

    private void RequireOpen(GateEvidence evidence, StageId stage, string wave)
    {
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
}
