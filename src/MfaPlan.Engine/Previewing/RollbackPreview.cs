using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Previews the way back of a run: an inverse change set like any other, judged by the same guards.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="state">Where the run's change set is and the inverse goes.</param>
public sealed class RollbackPreview(ITenantReader tenant, IStateStore state)
{
    /// <summary>Undo this domain of a cut-over alone; null for all of the run.</summary>
    public string? Domain { get; init; }

    /// <summary>Previews the undoing of a run.</summary>
    /// <param name="request">The plan and the state of things.</param>
    /// <param name="run">The run to undo.</param>
    /// <param name="only">Undo these users alone; null for all.</param>
    /// <param name="onStep">Told how far it is, after every user.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<PreviewResult> RunAsync(
        PreviewRequest request, RunRecord run, ImmutableHashSet<Guid>? only, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var stage = StageId.Parse(run.Stage);
        if (stage.WaveName is not null)
        {
            return await new WaveRollbackPreview(tenant, state).RunAsync(request, run, stage, only, onStep, cancellationToken);
        }

        if (stage == StageId.CutOver)
        {
            return await RunCutOverAsync(request, run, cancellationToken);
        }

        if (stage == StageId.Retire)
        {
            return await new RetireRollbackPreview(tenant, state).RunAsync(request, run, onStep, cancellationToken);
        }

        var withCampaign = stage == StageId.Prepare && await WroteCampaignAsync(run, cancellationToken);
        var view = await new TenantViewReader(tenant).ReadAsync(request.Plan, cancellationToken, withCampaign);
        var header = HeaderOf(request, run, InputFingerprints.Of(stage, view, ImmutableSortedDictionary<string, string>.Empty, checklist: null));
        await using var writer = await ChangeSetFile.CreateAsync(state, request.Salt, header, cancellationToken);
        if (view is { IsWhole: true, Policy: { } policy })
        {
            var (whole, totals) = stage == StageId.Prepare
                ? await WritePolicyAsync(request, run, view, policy, writer, onStep, cancellationToken)
                : await WriteUnitsAsync(request, run, only, view, policy, writer, onStep, cancellationToken);
            return new PreviewResult(whole, header, totals, view.Scope);
        }

        var footer = new ChangeSetFooter(Totals.None, view.Problems);
        var digest = await writer.CommitAsync(footer, cancellationToken);
        return new PreviewResult(digest, header, footer, view.Scope);
    }

    /// <summary>The header of the way back of a run.</summary>
    internal static ChangeSetHeader HeaderOf(PreviewRequest request, RunRecord run, ImmutableArray<ChangeSetInput> inputs) => new(
        request.Plan.Tenant.Id,
        request.Plan.Metadata.Name,
        request.PlanDigest,
        StageId.Parse(run.Stage),
        ChangeSetPurpose.Rollback,
        run.Id,
        RuleData.RulesVersion,
        request.Ledger.ClosedRuns,
        inputs);

    /// <summary>
    /// The way back of a cut-over, domain by domain. No user is judged: after it Entra accepts MFA that another did, or users are sent where MFA
    /// was proved alive; nobody has a way in before it whom it could take.
    /// </summary>
    private async Task<PreviewResult> RunCutOverAsync(PreviewRequest request, RunRecord run, CancellationToken cancellationToken)
    {
        var applied = await UndoneRun.AppliedAsync(state, run.Id, cancellationToken);
        var view = await new CutOverViewReader(tenant).ReadBackAsync(
            request.Plan, [.. applied.Keys.Where(unit => unit.Kind == UnitKind.Domain && IsWanted(unit)).Order().Select(static unit => unit.Name)], cancellationToken);
        var header = HeaderOf(request, run, InputFingerprints.OfBack(view));
        await using var writer = await ChangeSetFile.CreateAsync(state, request.Salt, header, cancellationToken);
        await using var stream = await UndoneRun.OpenAsync(state, run, cancellationToken);
        var units = !view.Problems.IsEmpty ? [] : ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>().Select(static line => line.Unit)
            .TakeWhile(static unit => unit.Id.Kind == UnitKind.Domain)
            .Where(unit => applied.TryGetValue(unit.Id, out var changes) && !changes.IsEmpty && IsWanted(unit.Id))
            .Select(unit => DomainPlanner.Back(request.Plan, unit, view.Federations[unit.Id.Name]))
            .ToList();
        var totals = new TotalsBuilder();
        foreach (var unit in units)
        {
            totals.Add(unit);
            writer.Add(new ChangeSetLine.Of(unit));
        }

        var sum = totals.Build();
        var footer = new ChangeSetFooter(
            sum,
            view.Problems.IsEmpty
                ? [.. CutOverGuards.JudgeBack(request.Plan, sum, units, view.BreakGlass), .. RoutingFirst.OfDomains(StandingRuns.Above(request.Ledger, StageId.CutOver))]
                : view.Problems);
        return new PreviewResult(await writer.CommitAsync(footer, cancellationToken), header, footer, []);
    }

    private bool IsWanted(UnitId unit) => Domain is null || unit.Name.Equals(Domain, StringComparison.OrdinalIgnoreCase);

    private async Task<(string Digest, ChangeSetFooter Footer)> WriteUnitsAsync(
        PreviewRequest request,
        RunRecord run,
        ImmutableHashSet<Guid>? only,
        TenantView view,
        MethodsPolicy policy,
        ChangeSetFile.Writer writer,
        Action<PreviewStep>? onStep,
        CancellationToken cancellationToken)
    {
        var applied = await UndoneRun.AppliedAsync(state, run.Id, cancellationToken);
        var ids = applied.Keys.Where(unit => only is null || only.Contains(unit.User)).Select(static unit => unit.User).Order();
        await using var reads = await MethodsInOrder.OpenAsync(
            tenant, state, ids, MethodParts.Methods | MethodParts.Preferences, request, cancellationToken);
        await using var stream = await UndoneRun.OpenAsync(state, run, cancellationToken);
        var inventory = await ReadInventoryAsync(run, applied, only, cancellationToken);
        var ended = Retirements.EndedAt(request.AsOf);
        var above = StandingRuns.Above(request.Ledger, StageId.Parse(run.Stage));
        var (moved, problems) = await new MovedUsersReader(tenant).ReadAsync(request.Plan, request.Ledger, above, cancellationToken);
        var names = view.Scope.ToDictionary(static user => user.Id, static user => user.PrincipalName);
        var totals = new TotalsBuilder();
        var (done, answering) = (0L, 0L);
        foreach (var line in ChangeSetFile.Lines(stream, state))
        {
            if (line is not ChangeSetLine.Of { Unit: var undone } || !applied.TryGetValue(undone.Id, out var changes)
                || (only is not null && !only.Contains(undone.Id.User)))
            {
                continue;
            }

            var observed = inventory.Join(undone.Id.User, undone.TokenSerials(), await reads.NextAsync(undone.Id.User));
            var unit = RollbackPlanner.ForUser(undone, changes, observed, policy, request.Plan.Limits.NoMethod.Allows(1, applied.Count), ended);
            if (view.BreakGlass.Any(account => account.Id == unit.Id.User))
            {
                unit = unit with { Changes = [], Findings = [FindingCatalog.BreakGlass.Found()] };
            }

            unit = unit with { Administrator = view.Administrators.Contains(unit.Id.User) };
            answering += !unit.Changes.IsEmpty && moved.Has(unit.Id.User, names.TryGetValue(unit.Id.User, out var name) ? name : unit.Name) ? 1 : 0;
            totals.Add(unit);
            writer.Add(new ChangeSetLine.Of(unit));
            onStep?.Invoke(new PreviewStep(++done, applied.Count));
        }

        var sum = totals.Build();
        var footer = new ChangeSetFooter(
            sum,
            [
                .. GuardJudge.Judge(request.Plan, ChangeSetPurpose.Rollback, sum, smsSignInUsers: 0, view.BreakGlass),
                .. problems,
                .. RoutingFirst.OfMethods(above, answering),
            ]);
        var digest = await writer.CommitAsync(footer, cancellationToken);
        await reads.CompleteAsync(cancellationToken);
        return (digest, footer);
    }

    /// <summary>
    /// The way back of the policy. It closes methods, so everybody whom it may reach and whose methods a migration is about is judged: whoever
    /// can answer an MFA demand today must still be able to.
    /// </summary>
    private async Task<(string Digest, ChangeSetFooter Footer)> WritePolicyAsync(
        PreviewRequest request,
        RunRecord run,
        TenantView view,
        MethodsPolicy policy,
        ChangeSetFile.Writer writer,
        Action<PreviewStep>? onStep,
        CancellationToken cancellationToken)
    {
        var applied = await UndoneRun.AppliedAsync(state, run.Id, cancellationToken);
        await using var stream = await UndoneRun.OpenAsync(state, run, cancellationToken);
        var done = ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>().Select(static line => line.Unit).ToList();
        var totals = new TotalsBuilder();
        var (after, closes) = (policy, false);
        foreach (var unit in done.Where(unit => applied.ContainsKey(unit.Id)).Select(unit => PolicyPlanner.Back(unit, applied[unit.Id], policy)))
        {
            closes |= unit.Changes.Any(static change => change is not Change.SetCampaign);
            totals.Add(unit);
            writer.Add(new ChangeSetLine.Of(unit));
            after = PolicyPlanner.After(after, unit, []);
        }

        var sum = totals.Build();
        if (sum.Changes == 0)
        {
            return await CommitPolicyAsync(request, view, sum, [], writer, cancellationToken);
        }

        var above = StandingRuns.Above(request.Ledger, StageId.Prepare);
        var (moved, problems) = await new MovedUsersReader(tenant).ReadAsync(request.Plan, request.Ledger, above, cancellationToken);
        ImmutableArray<GuardResult> order = [.. problems, .. RoutingFirst.OfPolicy(above, closes, moved)];

        var ids = WhomThePolicyMayReach(view);
        await using var reads = await MethodsInOrder.OpenAsync(tenant, state, ids, MethodParts.Methods, request, cancellationToken);
        var judged = await JudgeUsersAsync(reads, ids, (policy, after), Retirements.EndedAt(request.AsOf), sum, onStep);
        var written = await CommitPolicyAsync(request, view, judged, order, writer, cancellationToken);
        await reads.CompleteAsync(cancellationToken);
        return written;
    }

    /// <summary>Everybody whom the policy may reach and whose methods a migration is about, in order of object id.</summary>
    internal static ImmutableArray<Guid> WhomThePolicyMayReach(TenantView view) =>
    [
        .. view.Scope.Select(static user => user.Id)
            .Concat(view.Ensured.SelectMany(static method => method.Groups).SelectMany(static group => group.Members))
            .Distinct().Order(),
    ];

    private static async Task<(string Digest, ChangeSetFooter Footer)> CommitPolicyAsync(
        PreviewRequest request, TenantView view, Totals sum, ImmutableArray<GuardResult> order, ChangeSetFile.Writer writer, CancellationToken cancellationToken)
    {
        var footer = new ChangeSetFooter(sum, [.. GuardJudge.JudgePolicy(request.Plan, ChangeSetPurpose.Rollback, sum, view.BreakGlass), .. order]);
        return (await writer.CommitAsync(footer, cancellationToken), footer);
    }

    private static async Task<Totals> JudgeUsersAsync(
        MethodsInOrder reads, ImmutableArray<Guid> ids, (MethodsPolicy Now, MethodsPolicy After) policy, MfaAnswers ended, Totals sum, Action<PreviewStep>? onStep)
    {
        var (without, unknown, judged) = (0L, 0L, 0L);
        foreach (var id in ids)
        {
            switch (await reads.NextAsync(id))
            {
                case Observed<UserMethods>.Seen { Value: var methods }:
                    without += UsabilityRule.Loses(id, (methods, policy.Now), (methods, policy.After), ended) ? 1 : 0;
                    break;
                default:
                    unknown++;
                    break;
            }

            onStep?.Invoke(new PreviewStep(++judged, ids.Length));
        }

        return sum with { Users = ids.Length, LeftWithout = without, Unknown = unknown };
    }

    /// <summary>The plan may have lost its campaign since.</summary>
    private async Task<bool> WroteCampaignAsync(RunRecord run, CancellationToken cancellationToken)
    {
        await using var stream = await UndoneRun.OpenAsync(state, run, cancellationToken);
        return ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>()
            .Any(static line => line.Unit.Changes.Any(static change => change is Change.SetCampaign));
    }

    private async Task<TokenInventory> ReadInventoryAsync(
        RunRecord run, IReadOnlyDictionary<UnitId, ImmutableArray<string>> applied, ImmutableHashSet<Guid>? only, CancellationToken cancellationToken)
    {
        await using var stream = await UndoneRun.OpenAsync(state, run, cancellationToken);
        var units = ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>().Select(static line => line.Unit)
            .Where(unit => applied.ContainsKey(unit.Id) && (only is null || only.Contains(unit.Id.User)));
        return await TokenInventory.ReadAsync(tenant, units.SelectMany(static unit => unit.TokenSerials()), cancellationToken);
    }

}
