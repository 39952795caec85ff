using System.Collections;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// Reads all that a plan needs and writes nothing to it: the tenant as a whole, then every user's methods in order of object id, planning each
/// as it comes. The change set streams into the state; nobody holds the list.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="state">Where the change set goes.</param>
public sealed class PreviewEngine(ITenantReader tenant, IStateStore state)
{
    /// <summary>Previews a stage: prepare, migrate, a wave, the cut-over, or the end of the rollout.</summary>
    /// <param name="request">What to go by.</param>
    /// <param name="onStep">Told how far it is, after every user.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is kept then.</param>
    public async Task<PreviewResult> RunAsync(PreviewRequest request, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        if (request.Stage is { WaveName: not null } asked)
        {
            return await new WavePreview(tenant, state).RunAsync(request, asked, onStep, cancellationToken);
        }

        if (request.Stage == StageId.CutOver)
        {
            return await new CutOverPreview(tenant, state).RunAsync(request, onStep, cancellationToken);
        }

        if (request.Stage == StageId.Retire)
        {
            return await new RetirePreview(tenant, state).RunAsync(request, cancellationToken);
        }

        var view = await new TenantViewReader(tenant).ReadAsync(request.Plan, cancellationToken);
        var prepared = view.Prepared;
        var pending = prepared is { IsPending: true };
        var stage = request.Stage ?? (pending ? StageId.Prepare : StageReport.NextOf(request.Plan, request.Ledger));
        if (stage.WaveName is not null)
        {
            return await new WavePreview(tenant, state).RunAsync(request, stage, onStep, cancellationToken);
        }

        if (stage == StageId.Retire)
        {
            return await new RetirePreview(tenant, state).RunAsync(request, cancellationToken);
        }

        var header = new ChangeSetHeader(
            request.Plan.Tenant.Id,
            request.Plan.Metadata.Name,
            request.PlanDigest,
            stage,
            ChangeSetPurpose.Apply,
            Undoes: null,
            RuleData.RulesVersion,
            request.Ledger.ClosedRuns,
            InputFingerprints.Of(stage, view, request.Source.Inputs, request.Checklist))
        {
            Forecast = pending && stage > StageId.Prepare,
        };
        await using var writer = await ChangeSetFile.CreateAsync(state, request.Salt, header, cancellationToken);
        if (view.IsWhole && prepared is not null)
        {
            var (whole, totals) = stage == StageId.Prepare
                ? await WritePolicyAsync(request, view, prepared.Unit, writer, cancellationToken)
                : await WriteUnitsAsync(request, view, prepared, writer, onStep, cancellationToken);
            return new PreviewResult(whole, header, totals, view.Scope);
        }

        var footer = new ChangeSetFooter(Totals.None with { Users = view.Scope.Length }, view.Problems);
        var digest = await writer.CommitAsync(footer, cancellationToken);
        return new PreviewResult(digest, header, footer, view.Scope);
    }

    private static async Task<(string Digest, ChangeSetFooter Footer)> WritePolicyAsync(
        PreviewRequest request, TenantView view, Unit prepare, ChangeSetFile.Writer writer, CancellationToken cancellationToken)
    {
        var totals = new TotalsBuilder();
        totals.Add(prepare);
        writer.Add(new ChangeSetLine.Of(prepare));
        var sum = totals.Build();
        var footer = new ChangeSetFooter(
            sum,
            [
                .. GuardJudge.JudgePolicy(request.Plan, ChangeSetPurpose.Apply, sum, view.BreakGlass),
                .. ChecklistJudge.Blocks(request.Plan, request.Checklist, StageId.Prepare),
            ]);
        return (await writer.CommitAsync(footer, cancellationToken), footer);
    }

    private async Task<(string Digest, ChangeSetFooter Footer)> WriteUnitsAsync(
        PreviewRequest request,
        TenantView view,
        PreparedPolicy prepared,
        ChangeSetFile.Writer writer,
        Action<PreviewStep>? onStep,
        CancellationToken cancellationToken)
    {
        var context = PlanningContexts.Of(request, view, prepared, state.Keys);
        var (matches, leftover) = Matcher.Match(request.Plan.Match, view.Scope, request.Source);
        var needed = new BitArray(view.Scope.Length);
        for (var i = 0; i < view.Scope.Length; i++)
        {
            needed[i] = Planner.NeedsMethods(context, new ScopeUser(view.Scope[i], matches[i]), LastMigrated(request, view.Scope[i]));
        }

        var toRead = Enumerable.Range(0, view.Scope.Length).Where(i => needed[i]);
        var inventory = await TokenInventory.ReadAsync(
            tenant, toRead.SelectMany(i => Planner.SerialsOf(context, new ScopeUser(view.Scope[i], matches[i]))), cancellationToken);
        var totals = new TotalsBuilder();
        var needs = new NeedsBuilder(prepared.Seen, prepared.After);
        var smsSignInUsers = 0L;
        await using var reads = await MethodsInOrder.OpenAsync(
            tenant, state, toRead.Select(i => view.Scope[i].Id), context.Parts, request, cancellationToken);
        for (var i = 0; i < view.Scope.Length; i++)
        {
            var user = new ScopeUser(view.Scope[i], matches[i]);
            var methods = needed[i]
                ? inventory.Join(user.User.Id, Planner.SerialsOf(context, user), await reads.NextAsync(user.User.Id))
                : null;
            var unit = Planner.ForUser(
                context, user, methods, LastMigrated(request, user.User), request.Ledger.WrittenTo(UnitId.ForUser(user.User.Id)));
            smsSignInUsers += BringsMobile(unit) && prepared.After.SmsSignInReaches(user.User.Id) ? 1 : 0;
            needs.Add(unit, (user.Match as Match.Found)?.Source.Mode);
            totals.Add(unit);
            writer.Add(new ChangeSetLine.Of(unit));
            onStep?.Invoke(new PreviewStep(i + 1, view.Scope.Length));
        }

        foreach (var record in leftover)
        {
            writer.Add(new ChangeSetLine.Rest(new Leftover(record.Row, record.Username)));
        }

        totals.AddLeftover(leftover.Length);
        var sum = totals.Build();
        var footer = new ChangeSetFooter(
            sum,
            [
                .. GuardJudge.Judge(request.Plan, ChangeSetPurpose.Apply, sum, smsSignInUsers, view.BreakGlass),
                .. GuardJudge.JudgeNeeds(request.Plan, needs.Build(), sum.Users),
                .. ChecklistJudge.Blocks(request.Plan, request.Checklist, StageId.Migrate),
            ]);
        var digest = await writer.CommitAsync(footer, cancellationToken);
        await reads.CompleteAsync(cancellationToken);
        return (digest, footer);
    }

    private static string? LastMigrated(PreviewRequest request, DirectoryUser user) =>
        request.Ledger.LastMigrated(UnitId.ForUser(user.Id));

    private static bool BringsMobile(Unit unit) =>
        unit.Changes.Any(static change => change is Change.SetPhone { Slot: PhoneSlot.Mobile, After: not null });
}
