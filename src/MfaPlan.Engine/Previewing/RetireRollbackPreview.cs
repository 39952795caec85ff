using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// Previews the way back of the rollout's end: it is switched on again, and whoever is in its groups by now is moved, so each is proved as a wave would
/// prove it. One who is not refuses it, for the rollout is switched on for all or for none.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="state">Where the run's change set is and the inverse goes.</param>
internal sealed class RetireRollbackPreview(ITenantReader tenant, IStateStore state)
{
    /// <summary>Previews the undoing of a run of the stage retire.</summary>
    public async Task<PreviewResult> RunAsync(PreviewRequest request, RunRecord run, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var view = await new RetireViewReader(tenant).ReadBackAsync(request.Plan, request.AsOf, cancellationToken);
        var header = RollbackPreview.HeaderOf(request, run, InputFingerprints.OfBack(view));
        await using var writer = await ChangeSetFile.CreateAsync(state, request.Salt, header, cancellationToken);
        var footer = view is { Problems.IsEmpty: true, Move: { } move }
            ? await WriteAsync(request, run, view, move, writer, onStep, cancellationToken)
            : new ChangeSetFooter(Totals.None, view.Problems);
        return new PreviewResult(await writer.CommitAsync(footer, cancellationToken), header, footer, view.Members);
    }

    private async Task<ChangeSetFooter> WriteAsync(
        PreviewRequest request, RunRecord run, RetireView view, MoveContext move, ChangeSetFile.Writer writer, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var applied = await UndoneRun.AppliedAsync(state, run.Id, cancellationToken);
        await using var stream = await UndoneRun.OpenAsync(state, run, cancellationToken);
        var totals = new TotalsBuilder();
        var switches = false;
        foreach (var done in ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>().Select(static line => line.Unit)
            .Where(unit => unit.Id == RolloutPlanner.Id && applied.TryGetValue(unit.Id, out var changes) && !changes.IsEmpty))
        {
            var unit = RolloutPlanner.BackOfRetire(done, view.Rollout, view.Members.Length);
            switches = !unit.Changes.IsEmpty;
            totals.Add(unit);
            writer.Add(new ChangeSetLine.Of(unit));
        }

        var (refused, seen) = (0L, 0L);
        var members = switches ? view.Members : [];
        await using var reads = await MethodsInOrder.OpenAsync(
            tenant, state, members.Select(static user => user.Id), MethodParts.Methods, request, cancellationToken);
        foreach (var user in members)
        {
            var (unit, moves) = Prove(view, move, user, await reads.NextAsync(user.Id));
            refused += moves || unit.Unknown is not null ? 0 : 1;
            totals.Add(unit);
            writer.Add(new ChangeSetLine.Of(unit));
            onStep?.Invoke(new PreviewStep(++seen, members.Length));
        }

        await reads.CompleteAsync(cancellationToken);
        var sum = totals.Build();
        return new ChangeSetFooter(
            sum,
            switches
                ? [.. GuardJudge.JudgeRouting(request.Plan, sum, view.BreakGlass), RetireGuards.JudgeBack(view.Rollout, members.Length, refused)]
                : []);
    }

    /// <summary>As <see cref="Applying.FreshProof"/> judges in the instant before the write.</summary>
    private static (Unit Unit, bool Moves) Prove(RetireView view, MoveContext move, DirectoryUser user, Observed<UserMethods> methods)
    {
        var proof = move.Proof.Judge(new ProofUser(user, Federated: true), methods, after: null);
        var left = move.Routing.LeftOut(user)
            ?? (proof.Lockout == LockoutVerdict.Disabled ? ProofFindings.LeftOut.Found().With("why", "it is disabled in Entra, so nothing is proved of it") : null);
        return (
            new Unit(UnitId.ForUser(user.Id), StageId.Retire, [], left is null ? proof.Findings : [.. proof.Findings, left])
            {
                Name = user.PrincipalName,
                Administrator = view.Administrators.Contains(user.Id),
                Guest = user.Guest,
                Usability = proof.Usability,
                Unknown = left is null && proof.IsUnknown ? (methods as Observed<UserMethods>.Unknown)?.Code ?? ProofFindings.CannotJudge.Code : null,
            },
            left is null && proof.Holds);
    }
}
