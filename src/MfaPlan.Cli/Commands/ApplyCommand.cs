using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Text;
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
        var stage = CommonOptions.Stage("Apply this stage only: prepare, migrate, wave/NAME, cutOver or retire (stage by stage, but never the cut-over).");
        var maxUsers = new Option<long?>("--max-users") { Description = "Write this many users now and leave the rest for the next sitting.", HelpName = "N" };
        var abandon = new Option<bool>("--abandon") { Description = "Close the open run, without writing, so that a new preview can be applied." };
        var command = new Command("apply", CommonOptions.Help(
            "Carries out what was previewed, or less, never more: journaled, resumable at any instant. Run it again after any interruption. "
            + "Without --digest and without an open run it previews and applies, stage by stage.",
            "mfaplan apply plan.yaml", "mfaplan apply plan.yaml --sandbox tenant.json --yes"));
        var signIns = new Option<string?>("--sign-ins")
        {
            Description = "Judge the gate before a wave or the cut-over by an export of the sign-in log instead of reading it live.",
            HelpName = "FILE",
        };
        options.AddTo(command);
        command.Add(signIns);
        command.Add(digest);
        command.Add(stage);
        command.Add(maxUsers);
        command.Add(abandon);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = options.Connection(host, parsed);
            var workspace = Workspace.Open(host, parsed.GetRequiredValue(options.Plan), settings.Sandbox is not null);
            var asked = CommonOptions.StageOf(workspace.Loaded.Plan, parsed.GetValue(stage));
            var times = options.Times(host, parsed, settings.Sandbox is not null);
            if (parsed.GetValue(digest) is { } named && !parsed.GetValue(abandon))
            {
                await OpenRuns.RefuseAheadAsync(workspace.State, open => RefuseOther(open, named), cancellationToken);
            }

            await using var sides = new BothSides(host, workspace, settings, times);
            for (StageId? done = null; ;)
            {
                await using var session = await workspace.State.OpenAsync($"apply {workspace.Loaded.Path}", cancellationToken);
                if (session.TookOver)
                {
                    host.Error.WriteLine(Takeover(session));
                }

                if (parsed.GetValue(abandon))
                {
                    return await AbandonAsync(host, session);
                }

                var (source, connection) = await sides.OpenAsync(cancellationToken);
                var run = new RunSession(host, parsed, options, workspace, connection, session, times)
                {
                    Gate = new GatePass(host, workspace, connection, session, parsed.GetValue(signIns)),
                };
                var chosen = session.Ledger.OpenRun?.Digest ?? parsed.GetValue(digest)
                    ?? await run.Approvals.NewestAsync(session.Ledger, connection.LaterNow(host), cancellationToken);
                var (exit, carriedOut) = chosen is null
                    ? await PreviewAndApplyAsync(
                        host, parsed, options, workspace, connection, session, source, run, asked, done, parsed.GetValue(maxUsers), cancellationToken)
                    : await ApplyDigestAsync(session, source, run, chosen, parsed.GetValue(digest), asked, parsed.GetValue(maxUsers), cancellationToken);
                if (exit != ExitCodes.Done || carriedOut is not { Purpose: ChangeSetPurpose.Apply } || NextOf(workspace.Loaded.Plan, carriedOut.Stage) is null
                    || asked is not null || parsed.GetValue(digest) is not null)
                {
                    return exit;
                }

                done = carriedOut.Stage; // stage by stage: the next one under a lock and a ledger of its own
            }
        });
        return command;
    }

    /// <summary>The stage that follows without being asked for: a wave begins only when the stage before is seen through, and is the last of a call.</summary>
    private static StageId? NextOf(Plan plan, StageId done) => done > StageId.Migrate
        ? null
        : StageId.Of(plan).Where(stage => stage > done && stage < StageId.CutOver).Select(static stage => (StageId?)stage).FirstOrDefault();

    /// <summary>Says whose run is gone on with.</summary>
    public static string Takeover(IStateSession session) => session.Previous is { } previous
        ? $"Taking over from \"{previous.Doing}\" on {previous.Host}, process {previous.Pid}, which ended without finishing."
        : "Taking over the run that an earlier session left open.";

    /// <summary>Previews a stage and applies it; gives the header of what was carried out, null where there was nothing to do.</summary>
    private static async Task<(int Exit, ChangeSetHeader? CarriedOut)> PreviewAndApplyAsync(
        CliHost host, ParseResult parsed, RunOptions options, Workspace workspace, TenantConnection connection, IStateSession session,
        SourceData source, RunSession run, StageId? asked, StageId? done, long? maxUsers, CancellationToken cancellationToken)
    {
        var request = PreviewRequests.Of(host, workspace.Loaded, source, session.Ledger, connection.Time, parsed.GetValue(options.MaxAge)) with
        {
            Stage = asked ?? (done is { } before ? NextOf(workspace.Loaded.Plan, before) : null),
            Checklist = ChecklistFiles.Read(host, workspace.Loaded),
            CutOver = await CutOverInputs.ReadAsync(host, workspace.Loaded, asked, connection.Time, cancellationToken),
        };
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

        // Where the prepare stage was just done, a read that does not show it yet comes from a replica that lags: run again.
        RunSession.RefuseForecast(result.Header, done is null ? ExitCodes.Refused : ExitCodes.Incomplete);
        RunSession.RefuseByVerdict(result.Footer);
        if (result.Footer.Totals.Changed == 0)
        {
            var what = result.Header.Stage == StageId.Retire ? "the staged rollout is off, or there is none"
                : result.Header.Stage == StageId.CutOver ? "every domain of the cut-over is as the plan wants"
                : result.Header.Stage == StageId.Prepare
                ? "the authentication methods policy allows what the plan needs, or is left as the findings say"
                : "every user in scope is as the plan wants, or is left as the findings say";
            host.Out.WriteLine(parsed.GetValue(options.Json)
                ? $"{{\"format\":1,\"digest\":\"{result.Digest}\",\"result\":\"nothing to do\"}}"
                : $"Nothing to do: {what}. Nothing was written.");
            return (ExitCodes.Done, await run.PassAsync(result.Digest, result.Header, cancellationToken) ? result.Header : null);
        }

        await run.RequireGateAsync(result.Header, cancellationToken);
        run.AwaitTokens(result.Header, result.Footer);
        run.RequireTime(result.Header);
        await run.RequireApprovalAsync(result.Digest, result.Header, cancellationToken);
        run.Confirm(RunSession.Question("Apply", result.Header, result.Footer));
        await run.ProveAgainAsync(result.Header, cancellationToken);
        return (await run.RunAsync(result.Digest, result.Header, result.Footer, maxUsers, cancellationToken), result.Header);
    }

    private static async Task<(int Exit, ChangeSetHeader? CarriedOut)> ApplyDigestAsync(
        IStateSession session, SourceData source, RunSession run, string chosen, string? named, StageId? stage, long? maxUsers,
        CancellationToken cancellationToken)
    {
        var (digest, header, footer) = await run.VerifyAsync(chosen, cancellationToken);
        RunSession.RefuseForecast(header);
        if (stage is { } only && header.Stage != only)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4022",
                $"The change set {(session.Ledger.OpenRun is null ? "" : "of the open run ")}is of the stage {header.Stage}, not {only}. Leave --stage out, or name that stage.");
        }

        if (session.Ledger.OpenRun is { } open)
        {
            RefuseOther(open, named);
        }
        else if (header.ClosedRuns != session.Ledger.ClosedRuns)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4006", "A run was closed since this change set was previewed, so it is spent. Preview again.");
        }

        RunSession.RefuseByVerdict(footer);
        var files = header.Purpose == ChangeSetPurpose.Apply
            ? source.Inputs
            : System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty;
        await run.RefuseWhatMovedAsync(header, files, cancellationToken);
        run.RequireTime(header);
        await run.RequireApprovalAsync(digest, header, cancellationToken);
        if (session.Ledger.OpenRun is null)
        {
            await run.RequireGateAsync(header, cancellationToken);
            run.AwaitTokens(header, footer);
            run.Confirm(RunSession.Question("Apply", header, footer));
        }

        await run.ProveAgainAsync(header, cancellationToken);
        return (await run.RunAsync(digest, header, footer, maxUsers, cancellationToken), header);
    }

    private static void RefuseOther(RunRecord open, string? named)
    {
        if (named is not null && !open.Digest.StartsWith(named.Trim().ToLowerInvariant(), StringComparison.Ordinal))
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4005",
                $"Run {open.Id} of another change set is open. Finish it with apply, or close it with --abandon, before applying this one.");
        }
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
            $"Run {open.Id} is closed. {Counted.Of(session.Ledger.UnsettledCount, "unit was", "units were")} begun and not settled; the next preview looks at what is there.");
        return ExitCodes.Done;
    }
}
