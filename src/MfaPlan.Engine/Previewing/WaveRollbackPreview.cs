using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Rules;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// Previews the way back of a wave: its groups leave the rollout first, which moves everybody back at once, then the members that the run added
/// leave the groups. Members that the run did not add stay.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="state">Where the run's change set is and the inverse goes.</param>
internal sealed class WaveRollbackPreview(ITenantReader tenant, IStateStore state)
{
    private const string Rule = "undo";

    /// <summary>Previews the undoing of a run of a wave.</summary>
    public async Task<PreviewResult> RunAsync(
        PreviewRequest request, RunRecord run, StageId stage, ImmutableHashSet<Guid>? only, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var view = await new WaveViewReader(tenant).ReadAsync(request.Plan, WavePreview.WaveOf(request.Plan, stage), request.AsOf, cancellationToken);
        var header = new ChangeSetHeader(
            request.Plan.Tenant.Id,
            request.Plan.Metadata.Name,
            request.PlanDigest,
            stage,
            ChangeSetPurpose.Rollback,
            run.Id,
            RuleData.RulesVersion,
            request.Ledger.ClosedRuns,
            InputFingerprints.OfBack(view));
        await using var writer = await ChangeSetFile.CreateAsync(state, request.Salt, header, cancellationToken);
        var (footer, back) = view.Problems.IsEmpty
            ? await WriteAsync(request, run, view, only, writer, onStep, cancellationToken)
            : (new ChangeSetFooter(Totals.None, view.Problems), []);
        return new PreviewResult(await writer.CommitAsync(footer, cancellationToken), header, footer, view.Named) { MovedBack = [.. back] };
    }

    private async Task<(ChangeSetFooter Footer, HashSet<Guid> Back)> WriteAsync(
        PreviewRequest request,
        RunRecord run,
        WaveView view,
        ImmutableHashSet<Guid>? only,
        ChangeSetFile.Writer writer,
        Action<PreviewStep>? onStep,
        CancellationToken cancellationToken)
    {
        var applied = await UndoneRun.AppliedAsync(state, run.Id, cancellationToken);
        await using var stream = await UndoneRun.OpenAsync(state, run, cancellationToken);
        var totals = new TotalsBuilder();
        var back = new HashSet<Guid>();
        var done = 0L;
        foreach (var line in ChangeSetFile.Lines(stream, state))
        {
            if (line is not ChangeSetLine.Of { Unit: var undone } || !applied.TryGetValue(undone.Id, out var changes)
                || (only is not null && !only.Contains(undone.Id.User)))
            {
                continue;
            }

            var unit = undone.Id == RolloutPlanner.Id ? RolloutPlanner.Back(undone, changes, view.Rollout, view.Into) : Back(undone, changes, view);
            back.UnionWith(unit.Changes.OfType<Change.AttachGroup>()
                .SelectMany(detach => view.Into.Where(group => group.Group.Id == detach.Group)).SelectMany(static group => group.Content.Users));
            if (unit is { Id.Kind: UnitKind.User, Changes.IsEmpty: false })
            {
                back.Add(unit.Id.User);
            }

            totals.Add(unit);
            writer.Add(new ChangeSetLine.Of(unit));
            onStep?.Invoke(new PreviewStep(++done, applied.Count));
        }

        // A group that leaves the rollout takes every member back, whoever added them, and whatever run of ours.
        var wayBack = await new DeadEndReader(tenant).JudgeAsync(
            request.Plan, view.Domains, view.Named.Concat(view.Others).Where(user => back.Contains(user.Id)), cancellationToken);
        var sum = totals.Build();
        return (new ChangeSetFooter(
            sum, [.. GuardJudge.JudgeRouting(request.Plan, sum, view.BreakGlass), .. wayBack]), back);
    }

    private static Unit Back(Unit done, ImmutableArray<string> applied, WaveView view) => done with
    {
        Changes =
        [
            .. done.Changes.OfType<Change.RouteUser>()
                .Where(route => applied.Contains(route.Id, StringComparer.Ordinal)
                    && view.Into.Any(group => group.Group.Id == route.Group && group.Content.Users.Contains(done.Id.User)))
                .Select(static route => route.Inverse(Rule)),
        ],
        Findings = [],
        Usability = null,
    };
}
