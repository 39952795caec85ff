using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Gating;
using MfaPlan.Engine.Ports;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Cli.Commands;

/// <summary><c>watch PLAN</c>: the sign-ins since the cut-over, what they advise, and what the way back would be.</summary>
internal static class WatchCommand
{
    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var signIns = GateCommand.SignIns();
        var sandbox = CommonOptions.Sandbox();
        var record = CommonOptions.Record();
        var json = CommonOptions.Json();
        var command = new Command("watch", CommonOptions.Help(
            "Looks at the sign-ins of the switched domains' users since the cut-over, against the same users before it, and advises: go on, not yet known, or stop, with the "
            + "command that brings a domain back, where that is possible. Writes nothing to the tenant; the judgement goes to the journal. Exits with 0 for go on, with 4 when "
            + "something is not known yet, with 5 for stop.",
            "mfaplan watch plan.yaml", "mfaplan watch plan.yaml --sign-ins signIns.json --json"))
        {
            plan, signIns, sandbox, record, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CommonOptions.Connection(host, parsed, sandbox, record);
            var workspace = Workspace.Open(host, parsed.GetRequiredValue(plan), settings.Sandbox is not null);
            var ledger = await workspace.State.ReadAsync(cancellationToken);
            if (ledger.SwitchedDomains.IsEmpty)
            {
                throw new CommandFailedException(
                    ExitCodes.Incomplete, WatchDiagnostics.NothingSwitched.Code,
                    "The journal knows no domain that a cut-over switched and that is not brought back, so there is nothing to watch. See: mfaplan status PLAN");
            }

            ISignInLog? file = parsed.GetValue(signIns) is { } path ? await Gates.FileAsync(host, path, cancellationToken) : null;
            await using var connection = await TenantConnection.OpenAsync(
                host, workspace.Loaded, settings, ApplyTimes.Of(host, null, null, settings.Sandbox is not null), cancellationToken);
            var now = connection.LaterNow(host);
            var users = await new SwitchedUsersReader(connection.Tenant).ReadAsync(ledger.SwitchedDomains, now, cancellationToken);
            var reading = await CutOverWatch.GatherAsync(workspace.Loaded.Plan, ledger, users, file ?? connection.Tenant.SignIns, now, cancellationToken);
            var back = await BackAsync(host, workspace, connection, ledger, users, cancellationToken);

            // The lock is not held while the log is read, which may take minutes.
            await using (var session = await workspace.State.OpenAsync($"watch {workspace.Loaded.Path}", cancellationToken))
            {
                await new GateKeeper(workspace.State, attestations: null, connection.Time).RecordAsync(reading, session.Journal, cancellationToken);
            }

            host.Out.WriteLine(parsed.GetValue(json)
                ? WatchJson.Document(WatchDocument.Of(reading, back))
                : string.Join('\n', WatchLines.Of(workspace.Loaded, reading, back)));
            return Tell(host, workspace.Loaded, reading.Decision, back);
        });
        return command;
    }

    /// <summary>What a rollback of each switched domain would come to now. While a run is open there is none.</summary>
    private static async Task<ImmutableArray<WayBackStep>> BackAsync(
        CliHost host, Workspace workspace, TenantConnection connection, Ledger ledger,
        Observed<ImmutableSortedDictionary<string, ImmutableArray<Guid>>> users, CancellationToken cancellationToken)
    {
        var situation = await new WayBackReader(connection.Tenant, workspace.State) { Switched = users }.ReadAsync(
            () => PreviewRequests.Of(host, workspace.Loaded, SourceData.None, ledger, connection.Time, maxAge: null),
            checklist: null, static stage => stage == StageId.CutOver, onStep: null, cancellationToken);
        return [.. WayBackPlanner.Steps(situation).Where(static step => step.Run is not null)];
    }

    private static int Tell(CliHost host, LoadedPlan loaded, GateDecision decision, ImmutableArray<WayBackStep> back)
    {
        switch (decision.Result)
        {
            case GateResult.Open:
                return ExitCodes.Done;
            case GateResult.Closed:
                var commands = back.Where(static step => step.Kind == WayBackKind.Automatic).Select(step => $"mfaplan rollback {loaded.Path} {step.Arguments}").ToList();
                host.Error.WriteLine($"error {WatchDiagnostics.Stop.Code}: Stop: the criteria above say why. " + (commands.Count > 0
                    ? $"Bring the domains back: {string.Join("; ", commands)}"
                    : "No domain can be brought back by a rollback; the steps above say why. Help the users in Entra, for instance with a Temporary Access Pass."));
                return ExitCodes.Refused;
            default:
                var when = decision.HoldUntil is { } until
                    ? string.Create(CultureInfo.InvariantCulture, $"Time alone is missing: watch again after {until.UtcDateTime:u}.")
                    : "The criteria above say what is missing.";
                host.Error.WriteLine($"error {WatchDiagnostics.NotYetKnown.Code}: The watch of the cut-over is not over: not yet known. {when}");
                return ExitCodes.Incomplete;
        }
    }
}
