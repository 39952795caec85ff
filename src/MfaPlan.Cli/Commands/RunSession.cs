using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;
using MfaPlan.Engine.Applying;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Cli.Commands;

/// <summary>What apply and rollback share: the checks before the first write, the question, the run, its telling.</summary>
/// <param name="host">The world.</param>
/// <param name="parsed">The command line.</param>
/// <param name="options">Its options.</param>
/// <param name="workspace">The plan and its state.</param>
/// <param name="connection">The way to the tenant.</param>
/// <param name="session">The lock and the journal.</param>
/// <param name="times">Timeout and window.</param>
internal sealed class RunSession(
    CliHost host,
    ParseResult parsed,
    RunOptions options,
    Workspace workspace,
    TenantConnection connection,
    IStateSession session,
    ApplyTimes times)
{
    /// <summary>Lets through what the plan's signers approved.</summary>
    public ApprovalGate Approvals { get; } = new(host, workspace.Loaded, workspace.State);

    /// <summary>The gate before a wave or the cut-over; null where none is asked, as on the way back.</summary>
    public GatePass? Gate { get; init; }

    /// <summary>Ends the command where the gate before a stage is not open. The end of the rollout has none: the cut-over before it was behind the last.</summary>
    public Task RequireGateAsync(ChangeSetHeader header, CancellationToken cancellationToken) =>
        Gate is null || header.Purpose != ChangeSetPurpose.Apply || header.Stage == StageId.Retire ? Task.CompletedTask : Gate.RequireAsync(header.Stage, cancellationToken);

    /// <summary>Ends the command where the plan demands approvals and the change set has too few; a cut-over is never applied without any.</summary>
    public Task RequireApprovalAsync(string digest, ChangeSetHeader header, CancellationToken cancellationToken) =>
        header.Stage == StageId.CutOver && header.Purpose == ChangeSetPurpose.Apply && workspace.Loaded.Plan.Approvals is null
            ? throw new CommandFailedException(
                ExitCodes.Refused, "MFP4072",
                $"The cut-over asks for {workspace.Loaded.Plan.CutOver?.Signers} signatures, and the plan names nobody who may sign. Add the part approvals to it, and have it approved.")
            : Approvals.RequireAsync(digest, header, session.Ledger.OpenRun, connection.LaterNow(host), cancellationToken);

    /// <summary>Ends the command outside of the plan's change window, and before the wait after a cut-over is over.</summary>
    public void RequireTime(ChangeSetHeader header)
    {
        var now = connection.Time.GetUtcNow();
        WindowGate.Require(workspace.Loaded, header, now);
        RetireGate.Require(workspace.Loaded, header, session.Ledger, now);
    }

    /// <summary>
    /// Judges a cut-over, and the end of the rollout, anew, right before the first write: between the preview and this moment approvals were waited for and questions asked,
    /// and one user who lost the last method since is one who would be locked out.
    /// </summary>
    public async Task ProveAgainAsync(ChangeSetHeader header, CancellationToken cancellationToken)
    {
        if (header.Stage >= StageId.CutOver && header.Purpose == ChangeSetPurpose.Apply)
        {
            var request = PreviewRequests.Of(host, workspace.Loaded, SourceData.None, session.Ledger, connection.Time, maxAge: null) with
            {
                Checklist = ChecklistFiles.Read(host, workspace.Loaded),
                CutOver = await CutOverInputs.ReadAsync(host, workspace.Loaded, header.Stage, connection.Time, cancellationToken),
            };
            using var progress = new ProgressLine(host, "users", () => connection.Tenant.Limits);
            var (footer, inputs) = header.Stage == StageId.Retire
                ? await new RetirePreview(connection.Tenant, workspace.State).ProveAsync(request, cancellationToken)
                : await new CutOverPreview(connection.Tenant, workspace.State).ProveAsync(
                    request, step => progress.At(step.Done, step.Total), cancellationToken);
            RefuseByVerdict(footer);
            RefuseMoved(header, inputs);
        }
    }

    /// <summary>Opens a change set of the state and checks it from end to end.</summary>
    public async Task<(string Digest, ChangeSetHeader Header, ChangeSetFooter Footer)> VerifyAsync(
        string digestOrStart, CancellationToken cancellationToken)
    {
        var digest = await ChangeSets.FindAsync(workspace.State, digestOrStart, cancellationToken);
        var (header, footer) = await ChangeSetFile.VerifyAsync(workspace.State, digest, cancellationToken)
            ?? throw new CommandFailedException(ExitCodes.Refused, "MFP4004", $"The state has no change set {digestOrStart}. Preview first.");
        if (header.Tenant != workspace.Loaded.Plan.Tenant.Id)
        {
            throw new CommandFailedException(ExitCodes.Refused, "MFP4001", "The change set is for another tenant than the plan's.");
        }

        if (header.PlanDigest != workspace.Loaded.Digest)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4001",
                "The plan file has changed since this change set was previewed. Preview again; for an open run, finish it with the plan as it was, "
                + "or close it with --abandon.");
        }

        if (header.Rules != RuleData.RulesVersion)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4002", "The change set was made by other rules than this version's. Preview again.");
        }

        return (digest, header, footer);
    }

    /// <summary>Reads again what the change set was judged by, and refuses where it moved, naming it.</summary>
    public async Task RefuseWhatMovedAsync(
        ChangeSetHeader header, ImmutableSortedDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var (problems, inputs) = header.Stage == StageId.CutOver
            ? await CutOverNowAsync(header, cancellationToken)
            : await InputsAsync(header, files, cancellationToken);
        if (!problems.IsEmpty)
        {
            var problem = problems[0];
            throw new CommandFailedException(
                problem.Verdict == GuardVerdict.Refuses ? ExitCodes.Refused : ExitCodes.Incomplete, problem.Code, problem.Message);
        }

        RefuseMoved(header, inputs);
    }

    private static void RefuseMoved(ChangeSetHeader header, ImmutableArray<ChangeSetInput> inputs)
    {
        var now = inputs.ToDictionary(static input => input.Name, StringComparer.Ordinal);
        var moved = header.Inputs
            .Where(then => !now.TryGetValue(then.Name, out var input) || input.Fingerprint != then.Fingerprint)
            .Select(then => string.Create(
                CultureInfo.InvariantCulture, $"{then.Name} ({then.Count} then, {now.GetValueOrDefault(then.Name)?.Count ?? 0} now)"))
            .Concat(now.Keys.Except(header.Inputs.Select(static input => input.Name), StringComparer.Ordinal))
            .ToList();
        if (moved.Count > 0)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4003",
                $"Since the preview this has moved: {string.Join("; ", moved)}. What was reviewed is no longer what would be applied. Preview again.");
        }
    }

    private async Task<(ImmutableArray<GuardResult> Problems, ImmutableArray<ChangeSetInput> Inputs)> InputsAsync(
        ChangeSetHeader header, ImmutableSortedDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var plan = workspace.Loaded.Plan;
        var checklist = header.Purpose == ChangeSetPurpose.Apply ? ChecklistFiles.Read(host, workspace.Loaded) : null;
        if (header.Stage.WaveName is not null)
        {
            var wave = await new WaveViewReader(connection.Tenant).ReadAsync(plan, WavePreview.WaveOf(plan, header.Stage), connection.Time.GetUtcNow(), cancellationToken);
            return (wave.Problems, header.Purpose == ChangeSetPurpose.Rollback
                ? InputFingerprints.OfBack(wave)
                : InputFingerprints.Of(wave, header.Stage, checklist));
        }

        if (header.Stage == StageId.Retire)
        {
            var reader = new RetireViewReader(connection.Tenant);
            var rollout = header.Purpose == ChangeSetPurpose.Rollback
                ? await reader.ReadBackAsync(plan, connection.Time.GetUtcNow(), cancellationToken)
                : await reader.ReadAsync(plan, cancellationToken);
            return (rollout.Problems, header.Purpose == ChangeSetPurpose.Rollback
                ? InputFingerprints.OfBack(rollout)
                : InputFingerprints.Of(rollout, checklist));
        }

        var view = await new TenantViewReader(connection.Tenant).ReadAsync(plan, cancellationToken);
        return (view.Problems, InputFingerprints.Of(header.Stage, view, files, checklist));
    }

    private async Task<(ImmutableArray<GuardResult> Problems, ImmutableArray<ChangeSetInput> Inputs)> CutOverNowAsync(
        ChangeSetHeader header, CancellationToken cancellationToken)
    {
        var plan = workspace.Loaded.Plan;
        var reader = new CutOverViewReader(connection.Tenant);
        if (header.Purpose == ChangeSetPurpose.Rollback)
        {
            var back = await reader.ReadBackAsync(plan, [], cancellationToken);
            return (back.Problems, InputFingerprints.OfBack(back));
        }

        var terms = await CutOverInputs.ReadAsync(host, workspace.Loaded, header.Stage, connection.Time, cancellationToken);
        var domains = CutOverPreview.DomainsOf(plan);
        var view = await reader.ReadAsync(plan, domains, connection.Time.GetUtcNow(), cancellationToken);
        return (view.Problems, InputFingerprints.Of(domains, view, terms.File, ChecklistFiles.Read(host, workspace.Loaded)));
    }

    /// <summary>
    /// Notes in the journal that a stage had nothing to do, where waves wait for it and its last run, if any, does not stand; true where it counts
    /// as carried out now.
    /// </summary>
    public async Task<bool> PassAsync(string digest, ChangeSetHeader header, CancellationToken cancellationToken)
    {
        var plan = workspace.Loaded.Plan;
        if (plan.Rollout is null || header.Stage == StageId.Prepare)
        {
            return plan.Rollout is not null;
        }

        // A cut-over or an end of the rollout that was not seen through, and now is found in place, counts from now: what leans on it asks for a complete run.
        if (StageReport.Of(plan, session.Ledger).Single(report => report.Stage == header.Stage.Name) is { Run: not null, IsPassed: true } report
            && (header.Stage < StageId.CutOver || report.State == RunResult.Complete))
        {
            return true;
        }

        await RequireApprovalAsync(digest, header, cancellationToken);
        var run = Convert.ToHexStringLower(host.Random(4));
        await session.Journal.AppendAsync(new JournalEntry.Run(
            connection.Time.GetUtcNow(), run, digest, header.Plan, header.PlanDigest, header.Stage.ToText(), RunPurpose.Apply, header.Undoes, session.Holder));
        await session.Journal.AppendAsync(new JournalEntry.Close(connection.Time.GetUtcNow(), run, RunResult.Complete));
        return true;
    }

    /// <summary>Refuses a change set that the guards refuse or that waits for what is unknown.</summary>
    public static void RefuseByVerdict(ChangeSetFooter footer)
    {
        if (footer.Guards.MaxBy(static guard => guard.Verdict) is { Verdict: not GuardVerdict.Holds } guard)
        {
            throw new CommandFailedException(
                guard.Verdict == GuardVerdict.Refuses ? ExitCodes.Refused : ExitCodes.Incomplete, guard.Code, guard.Message);
        }
    }

    /// <summary>Refuses to carry out what was previewed for reading only.</summary>
    public static void RefuseForecast(ChangeSetHeader header, int exit = ExitCodes.Refused)
    {
        if (header.Forecast)
        {
            throw new CommandFailedException(
                exit, "MFP4020",
                header.Stage > StageId.Migrate
                    ? $"This change set is a forecast of the stage {header.Stage}: an earlier stage comes first. See which: mfaplan status PLAN. Apply that, then preview again."
                    : $"This change set is a forecast of the stage {header.Stage}: the prepare stage has changes that come first. Apply that, then preview again.");
        }
    }

    /// <summary>Lets tokens wait until the service takes them, where we switched them on a short while ago.</summary>
    public void AwaitTokens(ChangeSetHeader header, ChangeSetFooter footer)
    {
        if (header is { Purpose: ChangeSetPurpose.Apply } && footer.Totals.ByChange.Keys.Any(static kind => kind.StartsWith("token.", StringComparison.Ordinal))
            && session.Ledger.PolicyAppliedAt(PolicyPlanner.Id, Change.IdOf(MethodKind.HardwareOath)) + RuleData.HardwareOathReady is { } ready
            && connection.Time.GetUtcNow() < ready)
        {
            throw new CommandFailedException(
                ExitCodes.Incomplete, "MFP4021",
                string.Create(CultureInfo.InvariantCulture,
                    $"Hardware tokens were switched on less than {RuleData.HardwareOathReady.TotalMinutes:0} minutes ago, and the service may refuse them until {ready:u}. "
                    + $"Nothing was written for this stage; go on from then: mfaplan apply {workspace.Loaded.Path}"));
        }
    }

    /// <summary>The question before the first write.</summary>
    public static string Question(string verb, ChangeSetHeader header, ChangeSetFooter footer) => header.Stage == StageId.CutOver
        ? $"{verb} the federation switch of {Counted.Of(footer.Totals.ByChange.GetValueOrDefault("federation.mfaBehavior"), "domain")}"
            + $"{(footer.Totals.Users > 0 ? $", for {Counted.Of(footer.Totals.Users, "user")} at once" : "")}, in tenant {header.Tenant:D}?"
        : header.Stage == StageId.Retire
        ? $"{verb} the end of the staged rollout: it is switched {(header.Purpose == ChangeSetPurpose.Apply ? "off" : "on")} for "
            + $"{Counted.Of(footer.Totals.Users, "member")} of its groups at once, in tenant {header.Tenant:D}?"
        : header.Stage.WaveName is { } wave
        ? $"{verb} the wave {wave}: {Counted.Of(footer.Totals.Changes, "change")}, {Counted.Of(footer.Totals.ByChange.GetValueOrDefault(Change.RouteId), "user")} "
            + $"{(header.Purpose == ChangeSetPurpose.Apply ? "moved to the cloud's MFA" : "moved back")}, in tenant {header.Tenant:D}?"
        : header.Stage == StageId.Prepare
        ? $"{verb} {Counted.Of(footer.Totals.Changes, "change")} of the authentication methods policy, for the whole tenant {header.Tenant:D}?"
        : $"{verb} {Counted.Of(footer.Totals.Changes, "change")} {(header.Purpose == ChangeSetPurpose.Apply ? "to" : "of")} "
            + $"{Counted.Of(footer.Totals.Changed, "user")} of tenant {header.Tenant:D}?";

    /// <summary>Asks a person, unless told not to.</summary>
    public void Confirm(string question)
    {
        if (parsed.GetValue(options.Yes))
        {
            return;
        }

        if (!host.IsInteractive)
        {
            throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP5008", "Nobody is there to be asked before the first write. Add --yes, or run it on a terminal.");
        }

        host.Error.Write(question + " [y/N] ");
        if (host.In.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new CommandFailedException(ExitCodes.Cancelled, "MFP5009", "Not confirmed; nothing was written.");
        }
    }

    /// <summary>Runs the change set and tells what became of it.</summary>
    public async Task<int> RunAsync(
        string digest, ChangeSetHeader header, ChangeSetFooter footer, long? maxUsers, CancellationToken cancellationToken)
    {
        var ofUsers = header.Stage > StageId.Prepare && header.Stage < StageId.CutOver;
        var moved = ofUsers ? workspace.Loaded.Plan.Limits.Moved?.Users : null;
        var standsInTheWay = await ProofAsync(header, footer, cancellationToken);
        using var progress = new ApplyProgress(host, footer.Totals.Changed, parsed.GetValue(options.Reveal), () => connection.Tenant.Limits);
        var engine = new ApplyEngine(workspace.State, session, connection.Tenant, connection.Time);
        var result = await engine.RunAsync(
            digest,
            header,
            footer.Totals.Changed,
            Convert.ToHexStringLower(host.Random(4)),
            new ApplyOptions
            {
                RequestTimeout = times.RequestTimeout,
                SettleWindow = times.SettleWindow,
                MaxUsers = ofUsers ? maxUsers : null,
                MaxMoved = moved is null ? null : MostAllowed(moved, footer.Totals.Users),
                StandsInTheWay = standsInTheWay,
                ByHand = Operator.ByHand(workspace.Loaded.Plan, connection.IsSandbox),
            },
            progress.On,
            cancellationToken);
        progress.Finish(result, parsed.GetValue(options.Json));
        return result switch
        {
            { Stop: ApplyStop.Cancelled } => ExitCodes.Cancelled,
            { Complete: true } => ExitCodes.Done,
            _ => ExitCodes.Incomplete,
        };
    }

    /// <summary>
    /// What is asked in the instant before each write: the proof of whoever a wave, or a rollout that is switched on again, moves, by what is demanded now; of
    /// a rollout that ends, whether its members' domains leave MFA to Entra; of another way back, that it takes nobody's last method and ends at no dead
    /// server. Null where nothing is taken away and nobody is moved.
    /// </summary>
    private async Task<Func<Unit, CancellationToken, Task<string?>>?> ProofAsync(ChangeSetHeader header, ChangeSetFooter footer, CancellationToken cancellationToken)
    {
        var back = header.Purpose == ChangeSetPurpose.Rollback;
        if (!back && header.Stage == StageId.Retire)
        {
            return new FreshReturn(connection.Tenant, workspace.Loaded.Plan).StandsInTheWayAsync;
        }

        if (back && header.Stage != StageId.Retire)
        {
            return new FreshWayBack(connection.Tenant, connection.Tenant, workspace.Loaded.Plan, footer, connection.Time).StandsInTheWayAsync;
        }

        if (!back && header.Stage.WaveName is null)
        {
            return null;
        }

        var policy = Known(await connection.Tenant.ReadMethodsPolicyAsync(cancellationToken), "The authentication methods policy", Denial.Policies);
        var administrators = Known(await connection.Tenant.ReadAdministratorsAsync(cancellationToken), "The directory roles", Denial.Roles);
        var move = await new MoveContextReader(connection.Tenant).ReadAsync(
            workspace.Loaded.Plan, administrators, policy, connection.Time.GetUtcNow(), cancellationToken);
        return move.Problems.IsEmpty
            ? new FreshProof(connection.Tenant, connection.Tenant, move).StandsInTheWayAsync
            : throw new CommandFailedException(
                move.Problems[0].Verdict == GuardVerdict.Refuses ? ExitCodes.Refused : ExitCodes.Incomplete, move.Problems[0].Code, move.Problems[0].Message);
    }

    private static T Known<T>(Observed<T> observed, string what, string permission) => observed switch
    {
        Observed<T>.Seen seen => seen.Value,
        Observed<T>.Unknown unknown => throw new CommandFailedException(
            ExitCodes.Incomplete, "MFP3103",
            $"{what} could not be read ({unknown.Code}), so nobody can be proved. Nothing was written.{Denial.Remedy(unknown.Code, permission)}"),
        _ => throw new InvalidOperationException("A read is seen or unknown."),
    };

    private static long MostAllowed(Core.Plans.Limit limit, long users)
    {
        long low = 0, high = users;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = limit.Allows(middle, users) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
