using System.Runtime.CompilerServices;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Limiting;

namespace MfaPlan.Graph.Methods;

/// <summary>
/// Gathers questions about users into batches, for previews that read everybody and for looks of many units at a time. A full batch goes
/// as soon as the limiter allows one more in flight. A part-filled one goes when nothing is in flight, so a lone question never waits; else
/// it waits for company, but not longer than its patience, since one slow answer must not hold up the rest.
/// </summary>
internal sealed class MethodsBatcher : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly GraphConnection _graph;
    private readonly int _maxInFlight;
    private readonly Lock _lock = new();
    private readonly LinkedList<MethodsAsk> _queue = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private readonly ITimer _timer;
    private int _queued;
    private int _active;
    private bool _patient;
    private bool _outOfPatience;

    public MethodsBatcher(GraphConnection graph, int maxInFlight)
    {
        _graph = graph;
        _maxInFlight = maxInFlight;
        _closed = _closing.Token;
        _timer = graph.Time.CreateTimer(
            static state => ((MethodsBatcher)state!).LosePatience(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads the parts of one user.</summary>
    public async Task<Observed<UserMethods>> LookAsync(Guid user, MethodParts parts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var ask = Ask([user], parts)[0];
        try
        {
            return await ask.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            ask.Abandoned = true;
        }
    }

    /// <summary>Reads the parts of many users, in their order. At most a window of them is held: twice what can be in flight.</summary>
    public async IAsyncEnumerable<UserRead> ReadAsync(
        IEnumerable<Guid> users, MethodParts parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Users are asked about by the batch, so that the first question does not leave alone.
        var perBatch = MethodsBatch.MostRequests / Math.Max(1, int.PopCount((int)MethodsRead.For(parts)));
        var window = new Queue<MethodsAsk[]>();
        using var input = users.Chunk(perBatch).GetEnumerator();
        var more = true;
        try
        {
            while (true)
            {
                while (more && window.Count < 2 * _maxInFlight && (more = input.MoveNext()))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    window.Enqueue(Ask(input.Current, parts));
                }

                if (!window.TryPeek(out var chunk))
                {
                    yield break;
                }

                foreach (var ask in chunk)
                {
                    yield return new UserRead(ask.User, await ask.Task.WaitAsync(cancellationToken));
                }

                window.Dequeue();
            }
        }
        finally
        {
            foreach (var ask in window.SelectMany(static chunk => chunk))
            {
                ask.Abandoned = true;
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _closing.Cancel();
        _closing.Dispose();
    }

    private MethodsAsk[] Ask(Guid[] users, MethodParts parts)
    {
        var asks = Array.ConvertAll(users, user => new MethodsAsk(user, parts));
        if (asks is [{ Requests: 0 }, ..])
        {
            Array.ForEach(asks, ask => ask.FinishIfWhole(_graph.Clock.Now));
            return asks;
        }

        lock (_lock)
        {
            foreach (var ask in asks)
            {
                _queue.AddLast(ask);
                _queued += ask.Requests;
            }
        }

        SendWhatMayGo();
        return asks;
    }

    private void SendWhatMayGo()
    {
        while (NextBatch() is { } batch)
        {
            _ = RunAsync(batch);
        }
    }

    private MethodsBatch? NextBatch()
    {
        lock (_lock)
        {
            var ready = _outOfPatience || _queued >= MethodsBatch.MostRequests;
            if (_queued == 0 || (_active > 0 && (!ready || _active >= _graph.Limiters[Budget.Methods].Limit)))
            {
                WaitForCompany();
                return null;
            }

            _outOfPatience = false;

            var batch = new MethodsBatch(_graph);
            while (_queue.First is { } first && (first.Value.Abandoned || batch.TryAdd(first.Value)))
            {
                _queue.RemoveFirst();
                _queued -= first.Value.Requests;
            }

            if (batch.Asks.Count == 0)
            {
                return null; // all abandoned
            }

            _active++;
            return batch;
        }
    }

    private void WaitForCompany()
    {
        if (_queued > 0 && !_patient && !_closed.IsCancellationRequested)
        {
            _patient = true;
            _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }

    private void LosePatience()
    {
        lock (_lock)
        {
            _patient = false;
            _outOfPatience = _queued > 0;
        }

        SendWhatMayGo();
    }

    private async Task RunAsync(MethodsBatch batch)
    {
        var sending = batch.SendAsync(_closed);
        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _active--;
        }

        // Sign-in refused, or we are being closed: that is no answer about users, and everybody who waits must hear it.
        if (!sending.IsCompletedSuccessfully)
        {
            foreach (var ask in batch.Asks)
            {
                _ = sending.Exception is { } failure ? ask.TrySetException(failure.InnerExceptions) : ask.TrySetCanceled();
            }
        }
        else
        {
            foreach (var later in (await sending).GroupBy(static again => again.Wait))
            {
                _ = AskAgainAsync([.. later.Select(static again => again.Ask)], later.Key);
            }
        }

        SendWhatMayGo();
    }

    private async Task AskAgainAsync(List<MethodsAsk> asks, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
        {
            var delay = Task.Delay(wait, _graph.Time, _closed);
            await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (delay.IsCanceled)
            {
                asks.ForEach(static ask => ask.TrySetCanceled());
                return;
            }
        }

        lock (_lock)
        {
            // In front: somebody has waited for them, and a reader's window cannot move past them.
            for (var index = asks.Count - 1; index >= 0; index--)
            {
                _queue.AddFirst(asks[index]);
                _queued += asks[index].Requests;
            }
        }

        SendWhatMayGo();
    }
}
