using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// Finds out what the way back of a whole plan would be now: the rollback of every run that stands is previewed, by the same planners and guards that would carry it out.
/// Sends nothing to the tenant; each preview's change set is kept in the state, as previews are.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="state">Where the change sets with the before-images are.</param>
public sealed class WayBackReader(ITenantReader tenant, IStateStore state)
{
    /// <summary>The users of the switched domains, where they were read already; null reads them.</summary>
    public Observed<ImmutableSortedDictionary<string, ImmutableArray<Guid>>>? Switched { get; init; }

    /// <summary>Reads the situation.</summary>
    /// <param name="request">Makes a request for each preview, with a salt of its own.</param>
    /// <param name="checklist">The answers of the checklist; null where the plan keeps none.</param>
    /// <param name="of">Of which stages.</param>
    /// <param name="onStep">Told how far a preview is.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<WayBackSituation> ReadAsync(
        Func<PreviewRequest> request, ChecklistView? checklist, Func<StageId, bool> of, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var first = request();
        var ledger = first.Ledger;
        var runs = new List<RunBack>();
        HashSet<Guid>? moved = [], migrated = [];
        foreach (var run in StandingRuns.Of(ledger).Where(run => of(StageId.Parse(run.Stage))))
        {
            var stage = StageId.Parse(run.Stage);
            var (back, preview) = await OfAsync(request(), run, onStep, cancellationToken);
            runs.Add(back);
            if (stage.WaveName is not null)
            {
                moved = preview is { Footer.Verdict: not GuardVerdict.Unknown } ? With(moved, preview.MovedBack) : null;
            }
            else if (stage == StageId.Migrate)
            {
                migrated = preview is { Footer.Verdict: not GuardVerdict.Unknown } ? With(migrated, await UsersAsync(preview.Digest, cancellationToken)) : null;
            }
        }

        var switched = ledger.SwitchedDomains.Where(domain => runs.Any(run => run.Run.Id == domain.Run)).ToImmutableArray();
        var users = switched.IsEmpty
            ? ImmutableSortedDictionary<string, ImmutableArray<Guid>>.Empty
            : (Switched ?? await new SwitchedUsersReader(tenant).ReadAsync(switched, first.AsOf, cancellationToken)).SeenOrDefault;
        moved = users is null ? null : With(moved, users.Values.SelectMany(static ids => ids));
        return new WayBackSituation(first.Plan, [.. runs], checklist)
        {
            DomainUsers = (users ?? ImmutableSortedDictionary<string, ImmutableArray<Guid>>.Empty).ToImmutableSortedDictionary(
                static pair => pair.Key, static pair => (long)pair.Value.Length, StringComparer.OrdinalIgnoreCase),
            Moved = moved?.Count,
            Migrated = migrated?.Count,
        };
    }

    private static HashSet<Guid>? With(HashSet<Guid>? users, IEnumerable<Guid> more)
    {
        users?.UnionWith(more);
        return users;
    }

    private async Task<(RunBack Back, PreviewResult? Preview)> OfAsync(
        PreviewRequest request, RunRecord run, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var stage = StageId.Parse(run.Stage);
        if (stage.WaveName is { } wave && !StageId.Of(request.Plan).Contains(stage))
        {
            return (new RunBack(run, null, [], null, $"The plan has no wave {wave} any more at its place, so its groups are not known. Put the wave back into the plan."), null);
        }

        try
        {
            var preview = await new RollbackPreview(tenant, state).RunAsync(request, run, only: null, onStep, cancellationToken);
            var standing = request.Ledger.SwitchedDomains.Where(domain => domain.Run == run.Id)
                .Select(static domain => domain.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            await using var stream = await state.OpenChangeSetAsync(preview.Digest, cancellationToken)
                ?? throw new ChangeSetBrokenException("The change set that was just previewed is gone.");
            var units = ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>().Select(static line => line.Unit)
                .TakeWhile(static unit => unit.Id.Kind != UnitKind.User)
                .Where(unit => unit.Id.Kind != UnitKind.Domain || standing.Contains(unit.Id.Name)).ToImmutableArray();
            var totals = preview.Footer.Totals;
            long? users = preview.Footer.Verdict == GuardVerdict.Unknown ? null
                : stage.WaveName is not null ? preview.MovedBack.Count
                : stage == StageId.Prepare ? totals.Users
                : totals.Changed;
            return (new RunBack(run, new RunBackPreview(preview.Digest, preview.Footer), units, users), preview);
        }
        catch (ChangeSetBrokenException error)
        {
            return (new RunBack(run, null, [], null, error.Message), null);
        }
    }

    /// <summary>Everybody whom the run wrote to, whether or not anything of it can be undone.</summary>
    private async Task<List<Guid>> UsersAsync(string digest, CancellationToken cancellationToken)
    {
        await using var stream = await state.OpenChangeSetAsync(digest, cancellationToken)
            ?? throw new ChangeSetBrokenException("The change set that was just previewed is gone.");
        return [.. ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>().Where(static line => line.Unit.Id.Kind == UnitKind.User).Select(static line => line.Unit.Id.User)];
    }
}
