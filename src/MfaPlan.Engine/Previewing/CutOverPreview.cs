using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// Previews the cut-over: the domains first, then every enabled user whom switching one of them moves, in order of object id, each proved able to
/// answer the cloud's demand. One who is not refuses the whole stage, for a domain is switched for all of its users or for none.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="state">Where the change set goes.</param>
public sealed class CutOverPreview(ITenantReader tenant, IStateStore state)
{
    /// <summary>The domains of a plan's cut-over, each once.</summary>
    /// <exception cref="ArgumentException">The plan has no cut-over.</exception>
    public static ImmutableArray<string> DomainsOf(Plan plan) => plan.CutOver is { } cutOver
        ? [.. cutOver.Domains.Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(static name => name, StringComparer.OrdinalIgnoreCase)]
        : throw new ArgumentException("The plan has no cut-over.", nameof(plan));

    /// <summary>Previews it.</summary>
    /// <param name="request">What to go by.</param>
    /// <param name="onStep">Told how far it is, after every user.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is kept then.</param>
    public async Task<PreviewResult> RunAsync(PreviewRequest request, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var plan = request.Plan;
        var domains = DomainsOf(plan);
        var view = await new CutOverViewReader(tenant).ReadAsync(plan, domains, request.AsOf, cancellationToken);
        var header = new ChangeSetHeader(
            plan.Tenant.Id,
            plan.Metadata.Name,
            request.PlanDigest,
            StageId.CutOver,
            ChangeSetPurpose.Apply,
            Undoes: null,
            RuleData.RulesVersion,
            request.Ledger.ClosedRuns,
            InputFingerprints.Of(domains, view, request.CutOver.File, request.Checklist))
        {
            Forecast = StageReport.NotPassedBefore(plan, StageId.CutOver, request.Ledger) is not null,
        };
        await using var writer = await ChangeSetFile.CreateAsync(state, request.Salt, header, cancellationToken);

        // Every user stands in the change set, also whom nothing was found about: half a million lines are what a migration has too, and without
        // them a reviewer could not see who was proved.
        var footer = await JudgeAsync(request, domains, view, unit => writer.Add(new ChangeSetLine.Of(unit)), onStep, cancellationToken);
        return new PreviewResult(await writer.CommitAsync(footer, cancellationToken), header, footer, view.Users);
    }

    /// <summary>
    /// Judges the cut-over anew, from reads of now, and keeps nothing: what a preview proved may be hours old when the domain is switched.
    /// </summary>
    /// <param name="request">What to go by; what earlier previews noted is not used.</param>
    /// <param name="onStep">Told how far it is, after every user.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The footer, and the inputs as they are now.</returns>
    public async Task<(ChangeSetFooter Footer, ImmutableArray<ChangeSetInput> Inputs)> ProveAsync(PreviewRequest request, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var domains = DomainsOf(request.Plan);
        var view = await new CutOverViewReader(tenant).ReadAsync(request.Plan, domains, request.AsOf, cancellationToken);
        return (
            await JudgeAsync(request with { Spool = null }, domains, view, static _ => { }, onStep, cancellationToken),
            InputFingerprints.Of(domains, view, request.CutOver.File, request.Checklist));
    }

    private async Task<ChangeSetFooter> JudgeAsync(
        PreviewRequest request, ImmutableArray<string> domains, CutOverView view, Action<Unit> take, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        if (view is not { Problems.IsEmpty: true, Move: { } move })
        {
            return new ChangeSetFooter(Totals.None with { Users = view.Users.Length }, view.Problems);
        }

        var routed = new RoutedDomains(domains, view.Domains);
        var (units, guards, moved) = Plan(request, domains, view, routed);
        var exceptions = ExceptionBook.Of(request.CutOver.Exceptions, moved);
        var totals = new TotalsBuilder();
        foreach (var unit in WithIdle(units, exceptions))
        {
            totals.Add(unit);
            take(unit);
        }

        var context = new CutOverContext(request.Plan, view.Administrators, move.Proof, move.Routing, request.CutOver, exceptions);
        var (lockedOut, administrators, done) = (0L, 0L, 0L);
        var tally = new ProofTally();
        await using var reads = await MethodsInOrder.OpenAsync(
            tenant, state, moved.Select(static user => user.Id), MethodParts.Methods, request, cancellationToken);
        foreach (var user in moved)
        {
            var (unit, proof) = CutOverPlanner.ForUser(context, user, await reads.NextAsync(user.Id));
            if (proof is not null && !CutOverPlanner.IsAccepted(unit))
            {
                tally.Add(proof);
            }

            lockedOut += unit.Unknown is null && !CutOverPlanner.LetsPass(unit) ? 1 : 0;
            administrators += unit.Administrator ? 1 : 0;
            totals.Add(unit);
            take(unit);
            onStep?.Invoke(new PreviewStep(++done, moved.Count));
        }

        await reads.CompleteAsync(cancellationToken);
        var sum = totals.Build() with { LeftWithout = lockedOut, Administrators = administrators };
        return new ChangeSetFooter(sum, CutOverGuards.Judge(
            request.Plan,
            sum,
            guards,
            [
                .. ProofJudge.Judge(move.Proof, tally.Build()),
                .. ProofJudge.JudgeBreakGlass(move.Proof, view.BreakGlass),
                .. ChecklistJudge.Blocks(request.Plan, request.Checklist, StageId.CutOver),
            ],
            view.BreakGlass));
    }

    /// <summary>The units of the domains, the word on each, and the users whom those to be switched move: nobody's way in hangs on the others.</summary>
    private static (List<Unit> Units, List<GuardResult> Guards, List<DirectoryUser> Moved) Plan(
        PreviewRequest request, ImmutableArray<string> domains, CutOverView view, RoutedDomains routed)
    {
        var byDomain = view.Users.ToLookup(user => routed.Of(user)!, StringComparer.OrdinalIgnoreCase);
        var planned = domains.Select(name => (Name: name, Plan: DomainPlanner.Forward(
            request.Plan,
            name,
            view.Domains.FirstOrDefault(domain => domain.Name.Equals(name, StringComparison.OrdinalIgnoreCase)),
            view.Federations[name],
            byDomain[name].Count()))).ToList();
        var units = planned.Select(static domain => domain.Plan.Unit).OrderBy(static unit => unit.Id).ToList();
        var moved = request.Plan.CutOver!.To == FederatedMfa.EnforceMfaByFederatedIdp
            ? [] // Entra asks nobody then; whether the identity provider can is the domain's guard.
            : planned.Where(static domain => !domain.Plan.Unit.Changes.IsEmpty).SelectMany(domain => byDomain[domain.Name])
                .OrderBy(static user => user.Id).ToList();
        return (units, [.. planned.Select(static domain => domain.Plan.Guard)], moved);
    }

    /// <summary>Rows of the exceptions that name nobody are told once, with the first domain that is switched.</summary>
    private static IEnumerable<Unit> WithIdle(List<Unit> units, ExceptionBook exceptions)
    {
        var first = units.FindIndex(static unit => !unit.Changes.IsEmpty);
        return units.Select((unit, at) => at == first ? unit with { Findings = unit.Findings.AddRange(exceptions.Idle) } : unit);
    }
}
