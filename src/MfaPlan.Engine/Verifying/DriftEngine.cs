using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Drifts;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Applying;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Verifying;

/// <summary>
/// Looks at everything that runs left in place and says what has moved since. Writes nothing and takes no lock. Run by run, and in each in
/// order of object id: the change set streams beside the reads, and nobody holds the values.
/// </summary>
/// <param name="tenant">The tenant, for its users, who are many.</param>
/// <param name="looks">The same tenant, for what is looked at one by one.</param>
/// <param name="state">Journal and change sets.</param>
public sealed class DriftEngine(ITenantReader tenant, ITenantLooks looks, IStateStore state)
{
    private const MethodParts Parts = MethodParts.Phones | MethodParts.Preferences;

    /// <summary>Looks.</summary>
    /// <param name="onUnit">Told each unit that moved or of which something is not known.</param>
    /// <param name="onStep">Told how far it is, after every unit.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<DriftResult> RunAsync(Func<UnitDrift, Task> onUnit, Action<PreviewStep>? onStep, CancellationToken cancellationToken)
    {
        var settled = new SettledUnits();
        await foreach (var line in state.ReadJournalAsync(cancellationToken))
        {
            settled.Add(line.Span);
        }

        var ledger = await state.ReadAsync(cancellationToken);
        var open = ledger.Unsettled().ToHashSet();
        var byRun = settled.Units.SelectMany(static unit => unit.Value.All().Select(left => (left.Run, Unit: unit.Key)))
            .ToLookup(static left => left.Run, static left => left.Unit, StringComparer.Ordinal);
        var several = new Dictionary<UnitId, UnitDrift>();
        long units = 0, tenantWide = 0, moved = 0, unknown = 0, unmoved = 0;
        foreach (var run in ledger.Runs)
        {
            if (byRun[run.Id].Any())
            {
                await foreach (var drift in OfRunAsync(run, [.. byRun[run.Id]], settled.Units, open, cancellationToken))
                {
                    await TakeAsync(drift);
                }
            }
        }

        // What was begun and not settled is nobody's word yet, also where no earlier run left anything.
        foreach (var unit in open.Where(unit => !settled.Units.ContainsKey(unit)).Order())
        {
            await TakeAsync(new UnitDrift(unit, null, ledger.OpenRun!.Id, ledger.OpenRun.At, [], "BegunNotSettled"));
        }

        foreach (var drift in several.Values)
        {
            Count(drift);
        }

        return new DriftResult(units, unmoved, moved, unknown) { TenantWide = tenantWide };

        // A unit of which several runs left something is told run by run and counted once, by the worst of it.
        async Task TakeAsync(UnitDrift drift)
        {
            if (settled.Units.GetValueOrDefault(drift.Id) is { Earlier: not null })
            {
                several[drift.Id] = several.GetValueOrDefault(drift.Id) is { } other
                    ? other with { Moved = other.Moved.AddRange(drift.Moved), Unknown = other.Unknown ?? drift.Unknown }
                    : drift;
            }
            else
            {
                Count(drift);
            }

            if (!drift.IsUnmoved)
            {
                await onUnit(drift);
            }

            onStep?.Invoke(new PreviewStep(units + several.Count, settled.Units.Count));
        }

        void Count(UnitDrift drift)
        {
            units++;
            tenantWide += drift.Id.Kind == UnitKind.User ? 0 : 1;
            moved += drift.Moved.IsEmpty ? 0 : 1;
            unknown += drift.Unknown is null ? 0 : 1;
            unmoved += drift.IsUnmoved ? 1 : 0;
        }
    }

    private async IAsyncEnumerable<UnitDrift> OfRunAsync(
        RunRecord run,
        ImmutableArray<UnitId> ids,
        IReadOnlyDictionary<UnitId, SettledUnit> settled,
        HashSet<UnitId> open,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = new SortedSet<UnitId>(ids);
        if (await IsWholeAsync(run.Digest, cancellationToken))
        {
            // Whom a wave moved is asked for groups, one by one, not for methods.
            var inBulk = StageId.Parse(run.Stage).WaveName is null;
            var users = inBulk ? left.Where(static id => id.Kind == UnitKind.User).Select(static id => id.User).Order().ToList() : [];
            var inventory = await TokenInventory.ReadAsync(
                tenant, await SerialsAsync(run.Digest, left, cancellationToken), cancellationToken);
            var parts = users.Count > 0 && ids.Any(id => settled[id].Of(run.Id)!.Changes.Any(static change => change.StartsWith("token.", StringComparison.Ordinal)))
                ? Parts | MethodParts.OtherMethods | MethodParts.Tokens
                : Parts;
            await using var reads = tenant.ReadMethodsAsync(users, parts, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using var stream = await state.OpenChangeSetAsync(run.Digest, cancellationToken) ?? Stream.Null;
            foreach (var unit in ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>().Select(static line => line.Unit))
            {
                if (!left.Remove(unit.Id))
                {
                    continue;
                }

                var look = unit.Id.Kind == UnitKind.User && inBulk
                    ? Looks.As(
                        inventory.Join(unit.Id.User, unit.TokenSerials(), await NextAsync(reads, unit.Id.User)),
                        static methods => new Look.OfUser(methods))
                    : await Looks.AtAsync(looks, unit, cancellationToken);
                var drift = DriftRule.Of(unit, settled[unit.Id].Of(run.Id)!, look);
                yield return open.Contains(unit.Id) ? drift with { Unknown = "BegunNotSettled" } : drift;
            }
        }

        foreach (var id in left)
        {
            yield return new UnitDrift(id, null, run.Id, settled[id].Of(run.Id)!.At, [], "ChangeSetMissing");
        }
    }

    private static async ValueTask<Observed<UserMethods>> NextAsync(IAsyncEnumerator<UserRead> reads, Guid user)
    {
        // A user that the change set does not have was asked for as well, and is passed over here.
        while (await reads.MoveNextAsync())
        {
            if (reads.Current.User == user)
            {
                return reads.Current.Methods;
            }
        }

        throw new InvalidOperationException("The tenant's reads came in another order than asked for.");
    }

    private async Task<bool> IsWholeAsync(string digest, CancellationToken cancellationToken)
    {
        try
        {
            return await ChangeSetFile.VerifyAsync(state, digest, cancellationToken) is not null;
        }
        catch (ChangeSetBrokenException)
        {
            return false;
        }
    }

    private async Task<ImmutableArray<string>> SerialsAsync(string digest, SortedSet<UnitId> units, CancellationToken cancellationToken)
    {
        await using var stream = await state.OpenChangeSetAsync(digest, cancellationToken) ?? Stream.Null;
        return
        [
            .. ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>().Where(line => units.Contains(line.Unit.Id))
                .SelectMany(static line => line.Unit.TokenSerials()).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }
}
