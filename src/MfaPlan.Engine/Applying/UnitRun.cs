using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Applying;

/// <summary>
/// Carries out one unit: look, begin, send, verify, settle. The journal is ahead of the tenant before a write and behind it after, so that a
/// kill at any instant leaves a unit that the next run can judge by looking.
/// </summary>
/// <param name="runId">The run.</param>
/// <param name="unit">The unit, with at least one change.</param>
/// <param name="tenant">Looks and sends.</param>
/// <param name="journal">Makes begin and settle durable.</param>
/// <param name="fence">Asked before each request leaves.</param>
/// <param name="values">The key of the fingerprints of what is written.</param>
/// <param name="options">Timeouts, windows, attempts.</param>
/// <param name="time">The tenant's clock.</param>
/// <param name="onEvent">Told of waits.</param>
internal sealed class UnitRun(
    string runId,
    Unit unit,
    ITenantWriter tenant,
    IJournal journal,
    IFence fence,
    ValueKey values,
    ApplyOptions options,
    TimeProvider time,
    Action<ApplyEvent> onEvent)
{
    private readonly ChangeOutcome?[] _outcomes = new ChangeOutcome?[unit.Changes.Length];
    private readonly string?[] _requests = new string?[unit.Changes.Length];
    private readonly bool[] _sent = new bool[unit.Changes.Length];

    private ImmutableArray<string> _begunEarlier = [];
    private DateTimeOffset _begunAt;
    private (Observed<Look> Look, DateTimeOffset At) _last = (new Observed<Look>.Unknown("notLooked"), DateTimeOffset.MinValue);

    /// <summary>Runs the unit to its settle line.</summary>
    /// <param name="begun">When and what an earlier run began and did not settle; null for a fresh unit.</param>
    /// <param name="cancellationToken">Ends waits before anything is sent; what was sent is seen through.</param>
    /// <returns>The outcomes, or null when the unit stays open: it was begun and cannot be read now, or a person carries it out.</returns>
    public async Task<ImmutableArray<ChangeSettled>?> RunAsync(UnitProgress.Begun? begun, CancellationToken cancellationToken)
    {
        var look = await LookAsync(cancellationToken);
        if (begun is not null)
        {
            _begunEarlier = begun.Changes;
            look = IsByHand ? look : await AwaitEarlierSendsAsync(begun, look, cancellationToken);
            if (look is Observed<Look>.Unknown)
            {
                return null;
            }
        }

        if (!SettleByFirstLook(look, begun))
        {
            if (options.StandsInTheWay is { } ask && await ask(unit, cancellationToken) is { } by)
            {
                BlockOpen(by);
            }
            else if (IsByHand)
            {
                await AwaitHandAsync(begun);
                return null;
            }
            else
            {
                await SendAllAsync(cancellationToken);
            }
        }

        return await SettleAsync();
    }

    /// <summary>Tells what a person has to do, and has it begun in the journal, so that it counts as ours once it shows: a rollback takes it back.</summary>
    private async Task AwaitHandAsync(UnitProgress.Begun? begun)
    {
        if (begun is null)
        {
            await BeginAsync();
        }

        onEvent(new ApplyEvent.AwaitsHand(unit with { Changes = [.. unit.Changes.Where((_, index) => _outcomes[index] is null)] }));
    }

    /// <summary>Settles the unit as blocked, without a look: what its changes build upon is not in place.</summary>
    /// <param name="by">The unit that is not in place.</param>
    public async Task<ImmutableArray<ChangeSettled>> BlockAsync(string by)
    {
        BlockRest(by);
        return await SettleAsync();
    }

    /// <summary>
    /// An earlier run may have sent what it began, and its effect may not show yet. A look that says "as before" is believed only when the
    /// timeout and the settle window of that send are over.
    /// </summary>
    private async Task<Observed<Look>> AwaitEarlierSendsAsync(
        UnitProgress.Begun begun, Observed<Look> look, CancellationToken cancellationToken)
    {
        var until = begun.At + options.RequestTimeout + options.SettleWindow;
        var told = false;
        var pause = TimeSpan.FromMilliseconds(250);
        while (time.GetUtcNow() < until && Positions(look).Any(static position => position is Position.AsBefore or Position.Unknown))
        {
            if (!told)
            {
                onEvent(new ApplyEvent.Waiting(unit.Id, until));
                told = true;
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = Min(pause * 2, TimeSpan.FromSeconds(5));
            look = await LookAsync(cancellationToken);
        }

        return look;
    }

    /// <summary>Whether the first look decides the whole unit: all in place, something moved, or something unreadable.</summary>
    private bool SettleByFirstLook(Observed<Look> look, UnitProgress.Begun? begun)
    {
        var positions = Positions(look);
        for (var i = 0; i < positions.Length; i++)
        {
            _outcomes[i] = positions[i] switch
            {
                Position.AsAfter when begun is not null && begun.Changes.Contains(unit.Changes[i].Id, StringComparer.Ordinal) => new ChangeOutcome.Applied(null),
                Position.AsAfter => new ChangeOutcome.AlreadyInPlace(),
                Position.Other => new ChangeOutcome.Drifted(unit.Changes[i].Id),
                _ => null,
            };
        }

        var moved = Array.IndexOf(positions, Position.Other);
        var unread = Array.IndexOf(positions, Position.Unknown);
        if (moved < 0 && unread < 0)
        {
            return Array.TrueForAll(_outcomes, static outcome => outcome is not null);
        }

        var by = moved >= 0 ? unit.Changes[moved].Id : ((Observed<Look>.Unknown)look).Code;
        BlockOpen(by);
        return true;
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        await BeginAsync();
        for (var i = 0; i < unit.Changes.Length; i++)
        {
            if (_outcomes[i] is not null)
            {
                continue;
            }

            var look = await AwaitEarlierAsync(i, await NewestLookAsync());
            if (_outcomes[i] is null && !await SendAsync(i, look, cancellationToken))
            {
                BlockWhatLeansOn(i);
            }
        }

        await VerifyAsync();
    }

    /// <summary>
    /// Waits until the changes that this one builds upon show: the service would refuse it before. Where one does not show in time, this one
    /// is not sent.
    /// </summary>
    private async Task<Observed<Look>> AwaitEarlierAsync(int index, Observed<Look> look)
    {
        for (var i = 0; i < index; i++)
        {
            if (!_sent[i] || _outcomes[i] is not null || !unit.Changes[index].Awaits(unit.Changes[i]))
            {
                continue;
            }

            look = Compare.Of(unit.Changes[i], look) == Position.AsAfter ? look : await AwaitEffectAsync(i, time.GetUtcNow() + options.SettleWindow);
            if (Compare.Of(unit.Changes[i], look) != Position.AsAfter)
            {
                _outcomes[index] = new ChangeOutcome.Blocked(unit.Changes[i].Id);
                BlockWhatLeansOn(index);
            }
        }

        return look;
    }

    /// <summary>Sends one change until there is an answer. False when the rest of the unit must not follow.</summary>
    private async Task<bool> SendAsync(int index, Observed<Look> look, CancellationToken cancellationToken)
    {
        var change = unit.Changes[index];
        for (var attempt = 1; ; attempt++)
        {
            if (Compare.Of(change, look) != Position.AsBefore)
            {
                return SettleByLook(index, look);
            }

            switch (await tenant.SendAsync(unit.Id, change, await TimeLeftAsync(), fence))
            {
                case SendResult.Accepted accepted:
                    _sent[index] = true;
                    _requests[index] = accepted.Request;
                    return true;
                case SendResult.Refused refused:
                    _outcomes[index] = new ChangeOutcome.Refused(refused.Code, refused.Request);
                    return false;
                case SendResult.Throttled throttled:
                    onEvent(new ApplyEvent.Throttled(unit.Id, throttled.Wait));
                    await Task.Delay(throttled.Wait ?? TimeSpan.FromSeconds(1), time, CancellationToken.None);
                    attempt--;
                    look = await NewestLookAsync();
                    break;
                case SendResult.Ambiguous:
                    _sent[index] = true;
                    look = await AwaitEffectAsync(index, _begunAt + options.RequestTimeout + options.SettleWindow);
                    if (Compare.Of(change, look) == Position.AsAfter)
                    {
                        return true;
                    }

                    if (Compare.Of(change, look) != Position.AsBefore || attempt >= options.Attempts
                        || cancellationToken.IsCancellationRequested)
                    {
                        return SettleByLook(index, look);
                    }

                    break;
            }
        }
    }

    /// <summary>Looks until a change that may have taken effect shows, or until the time is over.</summary>
    private async Task<Observed<Look>> AwaitEffectAsync(int index, DateTimeOffset until)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            var look = await LookAsync(CancellationToken.None);
            if (Compare.Of(unit.Changes[index], look) is Position.AsAfter || time.GetUtcNow() >= until)
            {
                return look;
            }

            await Task.Delay(pause, time, CancellationToken.None);
            pause = Min(pause * 2, TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>Looks until all that was accepted shows, or until the settle window ends.</summary>
    private async Task VerifyAsync()
    {
        if (!_sent.AsSpan().Contains(true))
        {
            return;
        }

        var until = time.GetUtcNow() + options.SettleWindow;
        var pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            var look = await LookAsync(CancellationToken.None);
            var over = time.GetUtcNow() >= until;
            for (var i = 0; i < unit.Changes.Length; i++)
            {
                if (!_sent[i] || _outcomes[i] is ChangeOutcome.Applied)
                {
                    continue;
                }

                _outcomes[i] = Compare.Of(unit.Changes[i], look) switch
                {
                    Position.AsAfter => new ChangeOutcome.Applied(_requests[i]),
                    Position.Other when over => new ChangeOutcome.Drifted(unit.Changes[i].Id),
                    _ when over => _outcomes[i] ?? new ChangeOutcome.Unconfirmed(_requests[i]),
                    _ => _outcomes[i],
                };
            }

            var open = false;
            for (var i = 0; i < _outcomes.Length; i++)
            {
                open |= _sent[i] && _outcomes[i] is null;
            }

            if (!open || over)
            {
                return;
            }

            await Task.Delay(pause, time, CancellationToken.None);
            pause = Min(pause * 2, TimeSpan.FromSeconds(5));
        }
    }

    private async Task<ImmutableArray<ChangeSettled>> SettleAsync()
    {
        BlockRest("unit");
        var settled = unit.Changes
            .Select((change, index) => new ChangeSettled(change.Id, _outcomes[index]!)
            {
                Value = _outcomes[index] is ChangeOutcome.Applied ? WrittenValues.Of(values, unit.Id, change) : null,
            })
            .ToImmutableArray();
        await journal.AppendAsync(new JournalEntry.Settle(time.GetUtcNow(), runId, unit.Id, settled, unit.SourceFingerprint));
        return settled;
    }

    /// <summary>
    /// What is left of the request timeout, counted from the begin line: a request must be over when that is, since a later run reckons from it.
    /// Where less than half is left, the unit is begun anew first.
    /// </summary>
    private async Task<TimeSpan> TimeLeftAsync()
    {
        if (time.GetUtcNow() - _begunAt > options.RequestTimeout / 2)
        {
            await BeginAsync();
        }

        return _begunAt + options.RequestTimeout - time.GetUtcNow();
    }

    private async Task BeginAsync()
    {
        var at = time.GetUtcNow();
        await journal.AppendAsync(new JournalEntry.Begin(
            at, runId, unit.Id, [.. unit.Changes.Where((_, index) => _outcomes[index] is null).Select(static change => change.Id)]));
        _begunAt = at;
    }

    private bool SettleByLook(int index, Observed<Look> look)
    {
        _outcomes[index] = Compare.Of(unit.Changes[index], look) switch
        {
            // Seen in place and never sent by us: somebody else's, which no rollback may take away.
            Position.AsAfter when !_sent[index] && !_begunEarlier.Contains(unit.Changes[index].Id, StringComparer.Ordinal) =>
                new ChangeOutcome.AlreadyInPlace(),
            Position.AsAfter => new ChangeOutcome.Applied(_requests[index]),
            Position.Other => new ChangeOutcome.Drifted(unit.Changes[index].Id),
            _ => new ChangeOutcome.Unconfirmed(_requests[index]),
        };
        return _outcomes[index] is { IsInPlace: true };
    }

    private void BlockWhatLeansOn(int index)
    {
        for (var i = index + 1; i < _outcomes.Length; i++)
        {
            if (_outcomes[i] is null && unit.Changes[i].LeansOn(unit.Changes[index]))
            {
                _outcomes[i] = new ChangeOutcome.Blocked(unit.Changes[index].Id);
            }
        }
    }

    private void BlockOpen(string by)
    {
        for (var i = 0; i < _outcomes.Length; i++)
        {
            _outcomes[i] ??= new ChangeOutcome.Blocked(by);
        }
    }

    private void BlockRest(string by)
    {
        for (var i = 0; i < _outcomes.Length; i++)
        {
            _outcomes[i] ??= _sent[i] ? null : new ChangeOutcome.Blocked(by);
        }
    }

    private bool IsByHand => options.ByHand?.Invoke(unit) ?? false;

    private Position[] Positions(Observed<Look> look) =>
        [.. unit.Changes.Select(change => Compare.Of(change, look))];

    private async Task<Observed<Look>> LookAsync(CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        _last = (await Looks.AtAsync(tenant, unit, cancellationToken), at);
        return _last.Look;
    }

    /// <summary>The newest look; looks again where that failed, or is so old that somebody may well have come between.</summary>
    private async Task<Observed<Look>> NewestLookAsync() =>
        _last.Look is Observed<Look>.Unknown || time.GetUtcNow() - _last.At >= options.RequestTimeout ? await LookAsync(CancellationToken.None) : _last.Look;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
