using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Reports;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Cli.Commands;

/// <summary><c>preview PLAN</c>: reads everything, writes nothing, says for every user what would change and why.</summary>
internal static class PreviewCommand
{
    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var sandbox = CommonOptions.Sandbox();
        var record = CommonOptions.Record();
        var reveal = CommonOptions.Reveal();
        var json = CommonOptions.Json();
        var maxAge = CommonOptions.MaxAge();
        var stage = CommonOptions.Stage("Preview this stage: prepare, migrate, wave/NAME, cutOver or retire (the next that has changes). One that must wait for an earlier one is a forecast.");
        var users = new Option<string[]>("--user")
        {
            Description = "Show these users only (principal names or object ids); the change set is the whole stage's.",
            AllowMultipleArgumentsPerToken = true,
        };
        var unchanged = new Option<bool>("--unchanged") { Description = "Show users that stay as they are, too." };
        var report = new Option<string?>("--report")
        {
            Description = "Write report.md, report.html, report.json and users.jsonl into a folder, masked.",
            HelpName = "DIR",
        };
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "Exit with 2 when there are changes to apply." };
        var command = new Command("preview", CommonOptions.Help(
            "Reads the source and the tenant, writes nothing to them, and shows what an apply would do, to whom, by which rule. "
            + "The change set is kept in the state under its digest.",
            "mfaplan preview plan.yaml --report report", "mfaplan preview plan.yaml --stage migrate", "mfaplan preview plan.yaml --sandbox tenant.json"))
        {
            plan, sandbox, record, reveal, json, users, unchanged, report, detailed, maxAge, stage,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CommonOptions.Connection(host, parsed, sandbox, record);
            var workspace = Workspace.Open(host, parsed.GetRequiredValue(plan), settings.Sandbox is not null);
            var asked = CommonOptions.StageOf(workspace.Loaded.Plan, parsed.GetValue(stage));
            var source = await Preparations.ReadSourceAsync(host, workspace.Loaded, cancellationToken);
            await using var connection = await TenantConnection.OpenAsync(
                host, workspace.Loaded, settings, ApplyTimes.Of(host, null, null, settings.Sandbox is not null), cancellationToken);
            var ledger = await workspace.State.ReadAsync(cancellationToken);
            var request = PreviewRequests.Of(host, workspace.Loaded, source, ledger, connection.Time, parsed.GetValue(maxAge)) with
            {
                Stage = asked,
                Checklist = ChecklistFiles.Read(host, workspace.Loaded),
                CutOver = await CutOverInputs.ReadAsync(host, workspace.Loaded, asked, connection.Time, cancellationToken),
            };
            using var progress = new ProgressLine(host, "users", () => connection.Tenant.Limits);
            var result = await new PreviewEngine(connection.Tenant, workspace.State).RunAsync(
                request, step => progress.At(step.Done, step.Total), cancellationToken);
            progress.Dispose();
            var view = new ChangeSetView(host, workspace.State, workspace.Loaded.Plan)
            {
                Reveal = parsed.GetValue(reveal),
                Users = [.. parsed.GetValue(users) ?? []],
                Unchanged = parsed.GetValue(unchanged),
            };
            await view.ShowAsync(result.Digest, result.Header, result.Footer, parsed.GetValue(json), cancellationToken);
            if (UtilityNote.OfScope(await connection.Tenant.ReadUtilityWritesAsync(cancellationToken), result.Scope) is { } note)
            {
                host.Error.WriteLine(note);
            }

            if (parsed.GetValue(report) is { } folder)
            {
                await view.WriteReportAsync(result.Digest, result.Header, result.Footer, host.FullPath(folder), cancellationToken);
            }

            return ExitOf(PreviewReport.Of(null, result.Digest, result.Header, result.Footer), parsed.GetValue(detailed));
        });
        return command;
    }

    /// <summary>What a preview's process says.</summary>
    public static int ExitOf(PreviewReport report, bool detailed) => report.Verdict switch
    {
        GuardVerdict.Refuses => ExitCodes.Refused,
        GuardVerdict.Unknown => ExitCodes.Incomplete,
        _ => detailed && report.Totals.Changed > 0 ? ExitCodes.ChangesPending : ExitCodes.Done,
    };
}
