using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Engine.Applying;
using MfaPlan.Engine.Ports;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Cli.Commands;

/// <summary><c>apply PLAN</c>: goes on with an open run, applies a given digest, or previews and applies.</summary>
internal static class ApplyCommand
{
    public static Command Create(CliHost host)
    {
        var options = new RunOptions();
        var digest = new Option<string?>("--digest") { Description = "Apply exactly this change set (its digest, or the first digits).", HelpName = "DIGEST" };
        var stage = new Option<string?>("--stage") { Description = "Apply this stage only (this version: migrate).", HelpName = "STAGE" };
        var maxUsers = new Option<long?>("--max-users") { Description = "Write this many users now and leave the rest for the next sitting.", HelpName = "N" };
        var abandon = new Option<bool>("--abandon") { Description = "Close the open run, without writing, so that a new preview can be applied." };
        var command = new Command("apply", CommonOptions.Help(
            "Carries out what was previewed, or less, never more: journaled, resumable at any instant. Run it again after any interruption. "
            + "Without --digest and without an open run it previews and applies.",
            "mfaplan apply plan.yaml", "mfaplan apply plan.yaml --sandbox tenant.json --yes"));
        options.AddTo(command);
        command.Add(digest);
        command.Add(stage);
        command.Add(maxUsers);
        command.Add(abandon);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = options.Connection(host, parsed);
            var workspace = Workspace.Open(host, parsed.GetRequiredValue(options.Plan), settings.Sandbox is not null);
            RefuseUnsupported(parsed.GetValue(stage));
            await using var session = await workspace.State.OpenAsync($"apply {workspace.Loaded.Path}", cancellationToken);
            if (session.TookOver)
            {
                host.Error.WriteLine(Takeover(session));
            }

            var times = options.Times(host, parsed, settings.Sandbox is not null);
            if (parsed.GetValue(abandon))
            {
                return await AbandonAsync(host, session);
            }

            var source = await Preparations.ReadSourceAsync(host, workspace.Loaded, cancellationToken);
            await using var connection = await TenantConnection.OpenAsync(
                host, workspace.Loaded, settings, times, cancellationToken,
                new SourceSeeds(TokenBook.Of(source.Tokens, workspace.State.Keys.Values)));
            var run = new RunSession(host, parsed, options, workspace, connection, session, times);
            var chosen = session.Ledger.OpenRun?.Digest ?? parsed.GetValue(digest)
                ?? await run.Approvals.NewestAsync(session.Ledger, connection.LaterNow(host), cancellationToken);
            return chosen is null
                ? await PreviewAndApplyAsync(host, parsed, options, workspace, connection, session, source, run, parsed.GetValue(maxUsers), cancellationToken)
                : await ApplyDigestAsync(session, source, run, chosen, parsed.GetValue(digest), parsed.GetValue(maxUsers), cancellationToken);
        });
        return command;
    }

    /// <summary>Says whose run is gone on with.</summary>
    public static string Takeover(IStateSession session) => session.Previous is { } previous
        ? $"Taking over from \"{previous.Doing}\" on {previous.Host}, process {previous.Pid}, which ended without finishing."
        : "Taking over the run that an earlier session left open.";

    private static async Task<int> PreviewAndApplyAsync(
        CliHost host, ParseResult parsed, RunOptions options, Workspace workspace, TenantConnection connection, IStateSession session,
        SourceData source, RunSession run, long? maxUsers, CancellationToken cancellationToken)
    {
        var request = PreviewRequests.Of(host, workspace.Loaded, source, session.Ledger, connection.Time, parsed.GetValue(options.MaxAge));
        using var progress = new ProgressLine(host, "users", () => connection.Tenant.Limits);
        var result = await new PreviewEngine(connection.Tenant, workspace.State).RunAsync(
            request, step => progress.At(step.Done, step.Total), cancellationToken);
        progress.Dispose();
        if (!parsed.GetValue(options.Json))
        {
            await new ChangeSetView(host, workspace.State, workspace.Loaded.Plan) { Reveal = parsed.GetValue(options.Reveal) }
                .ShowAsync(result.Digest, result.Header, result.Footer, json: false, cancellationToken);
            host.Out.WriteLine();
        }

        RunSession.RefuseByVerdict(result.Footer);
        if (result.Footer.Totals.Changed == 0)
        {
            host.Out.WriteLine(parsed.GetValue(options.Json)
                ? $"{{\"format\":1,\"digest\":\"{result.Digest}\",\"result\":\"nothing to do\"}}"
                : "Nothing to do: every user in scope is as the plan wants, or is left as the findings say. Nothing was written.");
            return ExitCodes.Done;
        }

        await run.RequireApprovalAsync(result.Digest, result.Header, cancellationToken);
        run.Confirm($"Apply {result.Footer.Totals.Changes} changes to {result.Footer.Totals.Changed} users of tenant {result.Header.Tenant:D}?");
        return await run.RunAsync(result.Digest, result.Header, result.Footer, maxUsers, cancellationToken);
    }

    private static async Task<int> ApplyDigestAsync(
        IStateSession session, SourceData source, RunSession run, string chosen, string? asked, long? maxUsers, CancellationToken cancellationToken)
    {
        var (digest, header, footer) = await run.VerifyAsync(chosen, cancellationToken);
        if (session.Ledger.OpenRun is { } open)
        {
            if (asked is not null && !open.Digest.StartsWith(asked.Trim().ToLowerInvariant(), StringComparison.Ordinal))
            {
                throw new CommandFailedException(
                    ExitCodes.Refused, "MFP4005",
                    $"Run {open.Id} of another change set is open. Finish it with apply, or close it with --abandon, before applying this one.");
            }
        }
        else if (header.ClosedRuns != session.Ledger.ClosedRuns)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4006", "A run was closed since this change set was previewed, so it is spent. Preview again.");
        }

        RunSession.RefuseByVerdict(footer);
        var files = header.Purpose == Core.Changes.ChangeSetPurpose.Apply
            ? source.Inputs
            : System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty;
        await run.RefuseWhatMovedAsync(header, files, cancellationToken);
        await run.RequireApprovalAsync(digest, header, cancellationToken);
        if (session.Ledger.OpenRun is null)
        {
            run.Confirm($"Apply {footer.Totals.Changes} changes to {footer.Totals.Changed} users of tenant {header.Tenant:D}?");
        }

        return await run.RunAsync(digest, header, footer, maxUsers, cancellationToken);
    }

    private static async Task<int> AbandonAsync(CliHost host, IStateSession session)
    {
        if (session.Ledger.OpenRun is not { } open)
        {
            host.Out.WriteLine("No run is open.");
            return ExitCodes.Done;
        }

        await session.Journal.AppendAsync(new JournalEntry.Close(host.Time.GetUtcNow(), open.Id, RunResult.Abandoned));
        host.Out.WriteLine(
            $"Run {open.Id} is closed. {session.Ledger.UnsettledCount} units were begun and not settled; the next preview looks at what is there.");
        return ExitCodes.Done;
    }

    /// <summary>What this version cannot keep is refused before anything is written, not warned of.</summary>
    private static void RefuseUnsupported(string? stage)
    {
        if (stage is not null and not "migrate")
        {
            throw new CommandFailedException(ExitCodes.WrongUsage, "MFP5010", "This version carries out the stage migrate only.");
        }
    }
}
