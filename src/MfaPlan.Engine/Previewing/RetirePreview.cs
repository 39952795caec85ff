using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// Previews the end of the staged rollout: one write, judged by whom it concerns, every member of every group of it, ours or not. None may be on a
/// domain whose federation would not leave MFA to Entra.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="state">Where the change set goes.</param>
public sealed class RetirePreview(ITenantReader tenant, IStateStore state)
{
    /// <summary>Previews it.</summary>
    /// <param name="request">What to go by.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is kept then.</param>
    public async Task<PreviewResult> RunAsync(PreviewRequest request, CancellationToken cancellationToken)
    {
        var view = await new RetireViewReader(tenant).ReadAsync(request.Plan, cancellationToken);
        var due = RetireDue.Of(request.Plan, request.Ledger);
        var header = new ChangeSetHeader(
            request.Plan.Tenant.Id,
            request.Plan.Metadata.Name,
            request.PlanDigest,
            StageId.Retire,
            ChangeSetPurpose.Apply,
            Undoes: null,
            RuleData.RulesVersion,
            request.Ledger.ClosedRuns,
            InputFingerprints.Of(view, request.Checklist))
        {
            Forecast = due.From is null,
        };
        await using var writer = await ChangeSetFile.CreateAsync(state, request.Salt, header, cancellationToken);
        var (unit, footer) = Judge(request, view, due);
        if (unit is not null)
        {
            writer.Add(new ChangeSetLine.Of(unit));
        }

        return new PreviewResult(await writer.CommitAsync(footer, cancellationToken), header, footer, view.Members);
    }

    /// <summary>Judges it anew, from reads of now, and keeps nothing: what a preview saw may be hours old when the rollout is switched off.</summary>
    /// <param name="request">What to go by.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The footer, and the inputs as they are now.</returns>
    public async Task<(ChangeSetFooter Footer, ImmutableArray<ChangeSetInput> Inputs)> ProveAsync(PreviewRequest request, CancellationToken cancellationToken)
    {
        var view = await new RetireViewReader(tenant).ReadAsync(request.Plan, cancellationToken);
        return (Judge(request, view, RetireDue.Of(request.Plan, request.Ledger)).Footer, InputFingerprints.Of(view, request.Checklist));
    }

    private static (Unit? Unit, ChangeSetFooter Footer) Judge(PreviewRequest request, RetireView view, RetireDue due)
    {
        if (!view.Problems.IsEmpty)
        {
            return (null, new ChangeSetFooter(Totals.None, view.Problems));
        }

        var unit = RolloutPlanner.Retire(view.Rollout, view.Members.Length);
        var totals = new TotalsBuilder();
        totals.Add(unit);
        var sum = totals.Build() with { Users = view.Members.Length };
        return (unit, new ChangeSetFooter(
            sum,
            [
                .. GuardJudge.JudgeRouting(request.Plan, sum, view.BreakGlass),
                .. ChecklistJudge.Blocks(request.Plan, request.Checklist, StageId.Retire),
                RetireGuards.Judge(due),
                .. RetireGuards.Judge(view.Returning),
            ]));
    }
}
