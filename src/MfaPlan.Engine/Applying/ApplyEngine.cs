using System.Collections.Immutable;
using System.Threading.Channels;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Applying;

/// <summary>
/// Carries out one verified change set: a run is journaled, its units run in parallel, each by <see cref="UnitRun"/>; users only behind the units
/// of the tenant, which come first in the order of units. The same engine applies and rolls back; there is no second executor. Writes are not
/// tied to any listener's pulling.
/// </summary>
/// <param name="state">Where the change set is kept.</param>
/// <param name="session">The lock and the journal.</param>
/// <param name="tenant">Looks and sends.</param>
/// <param name="time">The tenant's clock.</param>
public sealed class ApplyEngine(IStateStore state, IStateSession session, ITenantWriter tenant, TimeProvider time)
{
    /// <summary>Begins a run or goes on with the open one, until its units are settled or something stops it.</summary>
    /// <param name="digest">The change set, verified by the caller under the same lock.</param>
    /// <param name="header">Its header.</param>
    /// <param name="units">Units with changes, from its totals; for progress.</param>
    /// <param name="runId">The id for a new run; not used when the open run goes on.</param>
    /// <param name="options">Timeouts, windows, limits.</param>
    /// <param name="onEvent">Told what happens; called from many threads, one call at a time.</param>
    /// <param name="cancellationToken">No new units; open ones are seen through.</param>
    public async Task<ApplyResult> RunAsync(
        string digest,
        ChangeSetHeader header,
        long units,
        string runId,
        ApplyOptions options,
        Action<ApplyEvent> onEvent,
        CancellationToken cancellationToken)
    {
        var resumed = session.Ledger.OpenRun;
        if (resumed is not null && resumed.Digest != digest)
        {
            throw new InvalidOperationException("The open run has another change set.");
        }

        var run = resumed?.Id ?? runId;
        if (resumed is null)
        {
            await session.Journal.AppendAsync(new JournalEntry.Run(
                time.GetUtcNow(), run, digest, header.Plan, header.PlanDigest, header.Stage.ToText(),
                header.Purpose == ChangeSetPurpose.Apply ? "apply" : "rollback", header.Undoes, session.Holder));
        }

        onEvent(new ApplyEvent.Started(run, digest, resumed is not null, units, resumed?.Units ?? 0));
        var tally = new Tally(options, resumed?.Moved ?? 0, onEvent);
        foreach (var (outcome, count) in resumed?.Outcomes ?? ImmutableSortedDictionary<string, int>.Empty)
        {
            tally.CountEarlier(outcome, count);
        }

        await RunUnitsAsync(run, digest, options, tally, onEvent, cancellationToken);
        var stopped = cancellationToken.IsCancellationRequested ? ApplyStop.Cancelled
            : tally.TooManyMoved ? ApplyStop.TooManyMoved
            : tally.Sitting ? ApplyStop.MaxUsers
            : tally.Open > 0 ? ApplyStop.UnitsOpen
            : ApplyStop.None;
        if (stopped is ApplyStop.None)
        {
            await session.Journal.AppendAsync(new JournalEntry.Close(
                time.GetUtcNow(), run, tally.AllInPlace ? RunResult.Complete : RunResult.Incomplete));
        }

        return new ApplyResult(run, digest, stopped, tally.Outcomes(), tally.UnitsSettled);
    }

    private async Task RunUnitsAsync(
        string run, string digest, ApplyOptions options, Tally tally, Action<ApplyEvent> onEvent, CancellationToken cancellationToken)
    {
        await using var stream = await state.OpenChangeSetAsync(digest, CancellationToken.None)
            ?? throw new InvalidOperationException("The change set is gone.");
        var queue = Channel.CreateBounded<Unit>(new BoundedChannelOptions(64) { SingleWriter = true });
        var before = new Forerunners(session.Ledger, run);
        using var failed = new CancellationTokenSource();
        var workers = Enumerable.Range(0, options.UnitsAtOnce).Select(_ => WorkAsync()).ToArray();
        try
        {
            foreach (var line in ChangeSetFile.Lines(stream, state))
            {
                if (line is not ChangeSetLine.Of { Unit: { Changes.IsEmpty: false } unit })
                {
                    continue;
                }

                before.Meet(unit);
                var progress = session.Ledger.ProgressOf(run, unit.Id);
                if (progress is UnitProgress.Settled)
                {
                    continue;
                }

                if (unit.Id.Kind == UnitKind.User)
                {
                    await before.AllEnded.WaitAsync(failed.Token);
                    if (before.Open)
                    {
                        break;
                    }
                }

                if (cancellationToken.IsCancellationRequested)
                {
                    break;
                }

                // What an earlier call began is seen through, whatever stops new ones.
                if (progress is null && !tally.MayStart(unit))
                {
                    if (session.Ledger.UnsettledCount == 0)
                    {
                        break;
                    }

                    continue;
                }

                await queue.Writer.WriteAsync(unit, failed.Token);
            }
        }
        catch (OperationCanceledException) when (failed.IsCancellationRequested)
        {
            // A worker failed; its exception comes out of WhenAll below.
        }
        finally
        {
            queue.Writer.Complete();
            await Task.WhenAll(workers);
        }

        async Task WorkAsync()
        {
            try
            {
                await foreach (var unit in queue.Reader.ReadAllAsync(failed.Token))
                {
                    var begun = session.Ledger.ProgressOf(run, unit.Id) as UnitProgress.Begun;
                    if (begun is null && unit.Id.Kind == UnitKind.User && tally.TooManyMoved)
                    {
                        continue; // it waited in the queue while others turned out to have moved
                    }

                    try
                    {
                        var carry = new UnitRun(run, unit, tenant, session.Journal, session.Fence, state.Keys.Values, options, time, onEvent);
                        var outcomes = unit.Id.Kind == UnitKind.User && begun is null && before.NotInPlace is { } by
                            ? await carry.BlockAsync(by)
                            : await carry.RunAsync(begun, cancellationToken);
                        before.End(unit, outcomes);
                        tally.Count(unit, outcomes);
                    }
                    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                    {
                        before.End(unit, outcomes: null);
                        tally.Count(unit, outcomes: null);
                    }
                }
            }
            catch (OperationCanceledException) when (failed.IsCancellationRequested)
            {
                // Another worker failed first.
            }
            catch
            {
                await failed.CancelAsync();
                throw;
            }
        }
    }

    /// <summary>Counts outcomes, and says when enough users were started or too many moved.</summary>
    private sealed class Tally(ApplyOptions options, long movedEarlier, Action<ApplyEvent> onEvent)
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, long> _outcomes = new(StringComparer.Ordinal);
        private long _started;
        private long _moved = movedEarlier;

        public long UnitsSettled { get; private set; }

        public long Open { get; private set; }

        public bool Sitting { get; private set; }

        public bool TooManyMoved => options.MaxMoved is { } limit && Interlocked.Read(ref _moved) > limit;

        public bool AllInPlace => _outcomes.Keys.All(static word => word is "applied" or "alreadyInPlace");

        public bool MayStart(Unit unit)
        {
            if (TooManyMoved)
            {
                return false;
            }

            if (unit.Id.Kind != UnitKind.User)
            {
                return true;
            }

            if (options.MaxUsers is { } limit && _started >= limit)
            {
                Sitting = true;
                return false;
            }

            _started++;
            return true;
        }

        public void CountEarlier(string outcome, long count) => _outcomes[outcome] = count;

        public void Count(Unit unit, ImmutableArray<ChangeSettled>? outcomes)
        {
            lock (_gate)
            {
                if (outcomes is not { } settled)
                {
                    Open++;
                    return;
                }

                UnitsSettled++;
                foreach (var change in settled)
                {
                    _outcomes[change.Is.Word] = _outcomes.GetValueOrDefault(change.Is.Word) + 1;
                }

                if (unit.Id.Kind == UnitKind.User && settled.Any(static change => change.Is is ChangeOutcome.Drifted))
                {
                    Interlocked.Increment(ref _moved);
                }

                onEvent(new ApplyEvent.UnitEnded(unit, settled));
            }
        }

        public ImmutableSortedDictionary<string, long> Outcomes() => _outcomes.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
