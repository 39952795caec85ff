using System.Collections.Immutable;
using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Cli.Commands;

/// <summary><c>rollback PLAN</c>: previews the way back of a run and applies it, with the list of what cannot be undone.</summary>
internal static class RollbackCommand
{
    public static Command Create(CliHost host)
    {
        var options = new RunOptions();
        var runId = new Option<string?>("--run") { Description = "The run to undo (the newest apply).", HelpName = "RUN" };
        var wave = new Option<string?>("--wave") { Description = "Undo the newest run of this wave: routing only, the users' methods stay.", HelpName = "WAVE" };
        var users = new Option<string[]>("--user") { Description = "Undo these users only.", AllowMultipleArgumentsPerToken = true };
        var domain = new Option<string?>("--domain") { Description = "Undo this domain of the cut-over alone.", HelpName = "DOMAIN" };
        var print = new Option<bool>("--print")
        {
            Description = "Only show the way back and what cannot be undone; write nothing. Alone: of the whole plan, step by step; with the others: of that run.",
        };
        var command = new Command("rollback", CommonOptions.Help(
            "Undoes what a run applied, from its before-images. What somebody changed since stays, and so does a user's last usable method.",
            "mfaplan rollback plan.yaml --print", "mfaplan rollback plan.yaml --run 3f9a12bc --yes", "mfaplan rollback plan.yaml --domain contoso.com --yes"));
        options.AddTo(command);
        command.Add(runId);
        command.Add(wave);
        command.Add(domain);
        command.Add(users);
        command.Add(print);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = options.Connection(host, parsed);
            var workspace = Workspace.Open(host, parsed.GetRequiredValue(options.Plan), settings.Sandbox is not null);
            await OpenRuns.RefuseAheadAsync(workspace.State, open => RefuseOpen(open, parsed.GetValue(print)), cancellationToken);
            var selection = new Selection(parsed.GetValue(runId), parsed.GetValue(wave), parsed.GetValue(domain));
            if (parsed.GetValue(print) && selection.IsEmpty && parsed.GetValue(users) is null or [])
            {
                return await PrintAsync(host, parsed, options, workspace, settings, cancellationToken);
            }

            await using var session = await workspace.State.OpenAsync($"rollback {workspace.Loaded.Path}", cancellationToken);
            if (session.TookOver)
            {
                host.Error.WriteLine(ApplyCommand.Takeover(session));
            }

            var times = options.Times(host, parsed, settings.Sandbox is not null);
            await using var connection = await TenantConnection.OpenAsync(host, workspace.Loaded, settings, times, cancellationToken);
            var run = new RunSession(host, parsed, options, workspace, connection, session, times);
            if (session.Ledger.OpenRun is { } resumed)
            {
                RefuseOpen(resumed, parsed.GetValue(print));
                var (openDigest, header, footer) = await run.VerifyAsync(resumed.Digest, cancellationToken);
                await run.RefuseWhatMovedAsync(header, ImmutableSortedDictionary<string, string>.Empty, cancellationToken);
                await run.RequireApprovalAsync(openDigest, header, cancellationToken);
                return await run.RunAsync(openDigest, header, footer, maxUsers: null, cancellationToken);
            }

            var undo = Choose(session.Ledger, selection);
            var undone = StageId.Parse(undo.Stage);
            if (undone.WaveName is { } gone && !StageId.Of(workspace.Loaded.Plan).Contains(undone))
            {
                throw new CommandFailedException(
                    ExitCodes.Refused, "MFP4008",
                    $"Run {undo.Id} is of the wave {PlainText.Of(gone)}, which the plan has no more, so its groups are not known. Put the wave back into the plan, then roll back.");
            }

            if ((undone == StageId.Prepare || undone >= StageId.CutOver) && parsed.GetValue(users) is { Length: > 0 })
            {
                throw new CommandFailedException(
                    ExitCodes.WrongUsage, "MFP4008", undone == StageId.Prepare
                        ? $"Run {undo.Id} wrote the methods policy, not users; it is undone as a whole, without --user."
                        : undone == StageId.Retire ? $"Run {undo.Id} wrote the staged rollout, not users; it is undone as a whole, without --user."
                        : $"Run {undo.Id} wrote the federation of domains, not users; it is undone without --user, as a whole or with --domain.");
            }

            var only = await UsersAsync(connection, parsed.GetValue(users) ?? [], cancellationToken);
            var request = PreviewRequests.Of(host, workspace.Loaded, SourceData.None, session.Ledger, connection.Time, parsed.GetValue(options.MaxAge));
            using var progress = new ProgressLine(host, "users", () => connection.Tenant.Limits);
            var result = await new RollbackPreview(connection.Tenant, workspace.State) { Domain = selection.Domain }.RunAsync(
                request, undo, only, step => progress.At(step.Done, step.Total), cancellationToken);
            progress.Dispose();
            await new ChangeSetView(host, workspace.State, workspace.Loaded.Plan) { Reveal = parsed.GetValue(options.Reveal) }
                .ShowAsync(result.Digest, result.Header, result.Footer, parsed.GetValue(options.Json) && parsed.GetValue(print), cancellationToken);
            if (parsed.GetValue(print))
            {
                return PreviewCommand.ExitOf(
                    Core.Reports.PreviewReport.Of(null, result.Digest, result.Header, result.Footer), detailed: false);
            }

            RunSession.RefuseByVerdict(result.Footer);
            if (result.Footer.Totals.Changed == 0)
            {
                host.Out.WriteLine("Nothing to undo that can be undone; nothing was written.");
                return ExitCodes.Done;
            }

            await run.RequireApprovalAsync(result.Digest, result.Header, cancellationToken);
            run.Confirm(RunSession.Question("Undo", result.Header, result.Footer));
            return await run.RunAsync(result.Digest, result.Header, result.Footer, maxUsers: null, cancellationToken);
        });
        return command;
    }

    private static void RefuseOpen(RunRecord open, bool print)
    {
        if (open.Purpose != RunPurpose.Rollback || print)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4005", $"Run {open.Id} is open. Finish it with apply, or close it with apply --abandon, before rolling back.");
        }
    }

    private static async Task<int> PrintAsync(
        CliHost host, ParseResult parsed, RunOptions options, Workspace workspace, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        var ledger = await workspace.State.ReadAsync(cancellationToken);
        if (ledger.OpenRun is { } open)
        {
            RefuseOpen(open, print: true);
        }

        await using var connection = await TenantConnection.OpenAsync(
            host, workspace.Loaded, settings, options.Times(host, parsed, settings.Sandbox is not null), cancellationToken);
        return await WayBackPrint.RunAsync(
            host, workspace, connection, ledger, parsed.GetValue(options.MaxAge), parsed.GetValue(options.Json), cancellationToken);
    }

    private static RunRecord Choose(Ledger ledger, Selection selection)
    {
        var (id, wave, domain) = selection;
        if (new[] { id, wave, domain }.Count(static name => name is not null) > 1)
        {
            throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP4008", "Name a run with --run, a wave with --wave or a domain with --domain, only one of them.");
        }

        if (wave is not null)
        {
            return ledger.Runs.LastOrDefault(run => run.Purpose == RunPurpose.Apply && StageId.Parse(run.Stage).WaveName == wave.Trim()
                    && !ledger.IsUndone(run))
                ?? throw new CommandFailedException(
                    ExitCodes.Refused, "MFP4008", $"The journal knows no run of the wave {PlainText.Of(wave)} that is not undone. See: mfaplan status PLAN");
        }

        if (domain is not null)
        {
            var switched = ledger.SwitchedDomains.FirstOrDefault(one => one.Name.Equals(domain, StringComparison.OrdinalIgnoreCase));
            return switched is not null
                ? ledger.Runs.First(run => run.Id == switched.Run)
                : throw new CommandFailedException(
                    ExitCodes.Refused, "MFP4008",
                    $"The journal knows no domain {PlainText.Of(domain)} that a cut-over switched and that is not brought back. {SwitchedNow(ledger)}");
        }

        var run = id is null
            ? ledger.Runs.LastOrDefault(static run => run.Purpose == RunPurpose.Apply)
            : ledger.Runs.FirstOrDefault(run => run.Id == id.Trim());
        return run switch
        {
            null when id is null => throw new CommandFailedException(ExitCodes.Refused, "MFP4008", "Nothing was applied yet, so there is nothing to undo."),
            null => throw new CommandFailedException(ExitCodes.Refused, "MFP4008", $"The journal knows no run {PlainText.Of(id!)}. See: mfaplan status PLAN"),
            { Purpose: RunPurpose.Rollback } => throw new CommandFailedException(
                ExitCodes.Refused, "MFP4008", $"Run {run.Id} is itself a rollback. To go forward again, apply the plan."),
            _ => run,
        };
    }

    private static string SwitchedNow(Ledger ledger) => ledger.SwitchedDomains.IsEmpty
        ? "None is."
        : $"These are: {string.Join(", ", ledger.SwitchedDomains.Select(static one => one.Name))}.";

    private static async Task<ImmutableHashSet<Guid>?> UsersAsync(
        TenantConnection connection, string[] names, CancellationToken cancellationToken)
    {
        if (names.Length == 0)
        {
            return null;
        }

        var ids = ImmutableHashSet.CreateBuilder<Guid>();
        foreach (var name in names)
        {
            switch (await connection.Tenant.FindUserAsync(name, cancellationToken))
            {
                case Observed<ImmutableArray<DirectoryUser>>.Seen { Value: [var user] }:
                    ids.Add(user.Id);
                    break;
                case Observed<ImmutableArray<DirectoryUser>>.Unknown unknown:
                    throw new CommandFailedException(ExitCodes.Incomplete, "MFP3103", $"A user named with --user could not be read ({unknown.Code}).");
                default:
                    throw new CommandFailedException(ExitCodes.Refused, "MFP3102", "The tenant has no user as named with --user.");
            }
        }

        return ids.ToImmutable();
    }

    /// <summary>What is to be undone; nothing named is the newest run.</summary>
    private sealed record Selection(string? Run, string? Wave, string? Domain)
    {
        public string? Domain { get; } = Domain?.Trim().TrimEnd('.');

        public bool IsEmpty => Run is null && Wave is null && Domain is null;
    }
}
