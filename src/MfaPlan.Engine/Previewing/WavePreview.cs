using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// Previews a wave: the rollout with its groups first, then every user of the wave in order of object id, each proved able to answer the cloud's
/// demand before it is moved.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="state">Where the change set goes.</param>
public sealed class WavePreview(ITenantReader tenant, IStateStore state)
{
    /// <summary>The plan's wave of a stage.</summary>
    /// <exception cref="ArgumentException">The plan has no such wave.</exception>
    public static Wave WaveOf(Plan plan, StageId stage) =>
        plan.Rollout?.Waves.FirstOrDefault(wave => wave.Name == stage.WaveName)
        ?? throw new ArgumentException($"The plan has no wave \"{stage.WaveName}\".", nameof(stage));

    /// <summary>Previews the wave of a stage.</summary>
    /// <param name="request">What to go by.</param>
    /// <param name="stage">A wave of the plan.</param>
    /// <param name="onStep">Told how far it is, after every user.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is kept then.</param>
    public async Task<PreviewResult> RunAsync(
        PreviewRequest request, StageId stage, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var plan = request.Plan;
        var wave = WaveOf(plan, stage);
        var view = await new WaveViewReader(tenant).ReadAsync(plan, wave, request.AsOf, cancellationToken);
        if (view.Problems.IsEmpty && RetireGuards.JudgeWave(plan, request.Ledger, view.Rollout) is { } retired)
        {
            view = view with { Problems = [retired] };
        }

        var header = new ChangeSetHeader(
            plan.Tenant.Id,
            plan.Metadata.Name,
            request.PlanDigest,
            stage,
            ChangeSetPurpose.Apply,
            Undoes: null,
            RuleData.RulesVersion,
            request.Ledger.ClosedRuns,
            InputFingerprints.Of(view, stage, request.Checklist))
        {
            Forecast = StageReport.NotPassedBefore(plan, stage, request.Ledger) is not null,
        };
        await using var writer = await ChangeSetFile.CreateAsync(state, request.Salt, header, cancellationToken);
        if (view is { Problems.IsEmpty: true, Move: { } move })
        {
            var (whole, totals) = await WriteAsync(request, stage, wave, view, move, writer, onStep, cancellationToken);
            return new PreviewResult(whole, header, totals, view.Named);
        }

        var footer = new ChangeSetFooter(Totals.None with { Users = view.Named.Length }, view.Problems);
        return new PreviewResult(await writer.CommitAsync(footer, cancellationToken), header, footer, view.Named);
    }

    private async Task<(string Digest, ChangeSetFooter Footer)> WriteAsync(
        PreviewRequest request,
        StageId stage,
        Wave wave,
        WaveView view,
        MoveContext move,
        ChangeSetFile.Writer writer,
        Action<PreviewStep>? onStep,
        CancellationToken cancellationToken)
    {
        var context = ContextOf(stage, view, move);
        var users = view.Named.Select(user => (User: user, Named: true)).Concat(view.Others.Select(user => (User: user, Named: false)))
            .OrderBy(static pair => pair.User.Id)
            .Select(pair => new WaveUser(pair.User, pair.Named, request.Ledger.LastMigrated(UnitId.ForUser(pair.User.Id)) is not null))
            .ToList();
        var totals = new TotalsBuilder();
        var rollout = RolloutPlanner.Forward(request.Plan.Rollout!, stage, view.Rollout, view.Into);
        totals.Add(rollout);
        writer.Add(new ChangeSetLine.Of(rollout));

        var filler = new GroupFiller(context);
        var proved = new HashSet<Guid>();
        var tally = new ProofTally();
        var (moved, unplaced, done) = (0L, 0L, 0L);
        await using var reads = await MethodsInOrder.OpenAsync(
            tenant, state, users.Where(user => WavePlanner.NeedsMethods(context, user)).Select(static user => user.User.Id), MethodParts.Methods, request,
            cancellationToken);
        foreach (var user in users)
        {
            var id = user.User.Id;
            var methods = WavePlanner.NeedsMethods(context, user) ? await reads.NextAsync(id) : null;
            var (unit, proof) = WavePlanner.ForUser(context, user, methods, filler);
            if (proof is { Holds: true, Lockout: not LockoutVerdict.Disabled })
            {
                moved++;
                tally.Add(proof);
                unplaced += unit.Changes.IsEmpty && context.GroupOf(id) is null ? 1 : 0;
                if (context.GroupOf(id) is { Attached: false })
                {
                    proved.Add(id);
                }
            }

            totals.Add(unit);
            writer.Add(new ChangeSetLine.Of(unit));
            onStep?.Invoke(new PreviewStep(++done, users.Count));
        }

        var sum = totals.Build();
        var footer = new ChangeSetFooter(
            sum,
            [
                .. CutOverGuards.JudgeNamed("wave", view.BreakGlass),
                .. GuardJudge.JudgeRouting(request.Plan, sum, view.BreakGlass),
                .. ProofJudge.Judge(move.Proof, tally.Build()),
                .. ProofJudge.JudgeBreakGlass(move.Proof, view.BreakGlass),
                .. ChecklistJudge.Blocks(request.Plan, request.Checklist, stage),
                .. WaveGuards.Judge(wave, view.Rollout, view.Into, view.Ours, moved, unplaced, proved),
            ]);
        var digest = await writer.CommitAsync(footer, cancellationToken);
        await reads.CompleteAsync(cancellationToken);
        return (digest, footer);
    }

    private static WaveContext ContextOf(StageId stage, WaveView view, MoveContext move) => new(
        stage,
        view.Into,
        view.Elsewhere,
        view.Administrators,
        move.Proof,
        move.Routing,
        view.Domains.Where(static domain => domain.Federated).Select(static domain => domain.Name).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase));
}
