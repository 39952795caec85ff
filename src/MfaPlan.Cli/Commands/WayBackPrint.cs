using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Sources;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Cli.Commands;

/// <summary><c>rollback PLAN --print</c> without a run, a wave or a domain: the way back of the whole plan, as things stand.</summary>
internal static class WayBackPrint
{
    /// <summary>Reads and prints it. Takes no lock and writes nothing to the tenant.</summary>
    /// <param name="host">The world.</param>
    /// <param name="workspace">The plan and its state.</param>
    /// <param name="connection">The way to the tenant.</param>
    /// <param name="ledger">The journal folded, without an open run.</param>
    /// <param name="maxAge">The option as given.</param>
    /// <param name="json">Whether a document is printed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<int> RunAsync(
        CliHost host, Workspace workspace, TenantConnection connection, Ledger ledger, string? maxAge, bool json, CancellationToken cancellationToken)
    {
        var loaded = workspace.Loaded;
        var checklist = ChecklistFiles.Read(host, loaded);
        using var progress = new ProgressLine(host, "users", () => connection.Tenant.Limits);
        var situation = await new WayBackReader(connection.Tenant, workspace.State).ReadAsync(
            () => PreviewRequests.Of(host, loaded, SourceData.None, ledger, connection.Time, maxAge),
            checklist, static _ => true, step => progress.At(step.Done, step.Total), cancellationToken);
        progress.Dispose();
        situation = situation with { RolloutByHand = Operator.ByHand(loaded.Plan, connection.IsSandbox) is not null };
        var steps = WayBackPlanner.Steps(situation);
        host.Out.WriteLine(json ? WayBackJson.Document(WayBackDocument.Of(loaded.Plan, situation, steps)) : string.Join('\n', WayBackLines.Of(loaded, situation, steps)));
        return steps.Any(static step => step.Kind == WayBackKind.Unknown || (step.Users is null && step.Kind != WayBackKind.Impossible))
            ? ExitCodes.Incomplete
            : ExitCodes.Done;
    }
}
