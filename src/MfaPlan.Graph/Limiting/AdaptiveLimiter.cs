namespace MfaPlan.Graph.Limiting;

/// <summary>
/// Decides when a request of one budget may go. Requests in flight are limited by additive increase and multiplicative decrease; a wait
/// that the service asked for holds everything back; a pacer, where a limit is published, keeps from running into it.
/// </summary>
internal sealed class AdaptiveLimiter : IDisposable
{
    // The service speaks up from 0.8 of its limit on. There growth ends; from 0.9 on we give way before it has to refuse.
    private const double NoGrowthFrom = 0.8;
    private const double ShrinkFrom = 0.9;

    private readonly Lock _lock = new();
    private readonly Budget _budget;
    private readonly BudgetRules _rules;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Queue<Waiter> _reads = new();
    private readonly Queue<Waiter> _writes = new();
    private readonly RequestRate _rate;

    private double _limit;
    private int _inFlight;
    private int _successes;
    private long _granted;
    private long _lastCut;
    private long _lastPartCut = -1_000_000;
    private long _throttled;
    private int _throttledInARow;
    private long _pauseEnd;
    private bool _writeFirst;

    public AdaptiveLimiter(Budget budget, BudgetRules rules, TimeProvider time)
    {
        _budget = budget;
        _rules = rules;
        _time = time;
        _rate = new RequestRate(time);
        _limit = Math.Min(rules.Start, rules.MaxInFlight);
        _pauseEnd = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((AdaptiveLimiter)state!).Pump(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many requests may be in flight at present, from 1.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return (int)_limit;
            }
        }
    }

    // By the monotonic clock: a wall clock that is set back would hold everything for hours.
    private TimeSpan PauseLeft => _time.GetElapsedTime(_time.GetTimestamp(), _pauseEnd);

    /// <summary>Waits for leave to send. In the order of asking, but a paced write does not hold up reads.</summary>
    public ValueTask<Permit> AcquireAsync(bool write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queue = write ? _writes : _reads;
        lock (_lock)
        {
            var wait = Timeout.InfiniteTimeSpan;
            if (queue.Count == 0 && TryGrant(write, ref wait) is { } permit)
            {
                return ValueTask.FromResult(permit);
            }
        }

        var waiter = new Waiter(cancellationToken);
        lock (_lock)
        {
            queue.Enqueue(waiter);
        }

        Pump();
        return new ValueTask<Permit>(waiter.Task);
    }

    /// <summary>Gives a permit back with what the answer said.</summary>
    public void Release(Permit permit, AnswerSignal signal)
    {
        lock (_lock)
        {
            var full = _inFlight >= (int)_limit;
            _inFlight--;
            if (signal.Throttled)
            {
                _throttled++;
                Pause(signal.Wait ?? Backoff());
                Halve(permit.Number);
            }
            else if (signal.Wait is { } wait)
            {
                Pause(wait);
            }
            else if (!signal.Failed)
            {
                _throttledInARow = 0;
                Succeed(permit, signal.Fullness ?? 0, full);
            }
        }

        Pump();
    }

    /// <summary>
    /// Some parts of a batch were refused with 429. One refused part in twenty is no reason to stop the other nineteen: the limit
    /// shrinks by half of the refused share, once for each window of requests, and only when at least half is refused does the budget
    /// pause.
    /// </summary>
    /// <param name="refused">Parts refused, from 1.</param>
    /// <param name="parts">Parts in a full batch: two refused ones of three repeats are no storm.</param>
    /// <param name="wait">The longest Retry-After among them.</param>
    public void NoteRefusedParts(int refused, int parts, TimeSpan? wait)
    {
        lock (_lock)
        {
            _throttled += refused;
            var share = (double)refused / parts;
            if (_granted - _lastPartCut >= (int)_limit)
            {
                _lastPartCut = _granted;
                _limit = Math.Max(1, _limit * (1 - (share / 2)));
            }

            if (share >= 0.5)
            {
                Pause(wait ?? Backoff());
            }
        }
    }

    /// <summary>The parts of a batch say how full the budget is, as single answers do in their headers.</summary>
    /// <param name="fullness">The highest share among them; 0 when none said.</param>
    public void NoteFullness(double fullness)
    {
        lock (_lock)
        {
            if (fullness >= NoGrowthFrom)
            {
                _successes = 0;
            }

            if (fullness >= ShrinkFrom)
            {
                Shrink(long.MaxValue);
            }
        }
    }

    public LimiterSnapshot Snapshot()
    {
        lock (_lock)
        {
            var left = PauseLeft;
            return new LimiterSnapshot(
                _budget,
                _inFlight,
                _reads.Count + _writes.Count,
                (int)_limit,
                left > TimeSpan.Zero ? _time.GetUtcNow() + left : null,
                _throttled,
                _granted,
                _rate.PerSecond);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Pump()
    {
        lock (_lock)
        {
            // Reads and writes take turns, so that neither starves while the other queue is long.
            var soonest = Timeout.InfiniteTimeSpan;
            while (true)
            {
                _writeFirst = !_writeFirst;
                var granted = GrantHead(_writeFirst, ref soonest) || GrantHead(!_writeFirst, ref soonest);
                if (!granted)
                {
                    break;
                }
            }

            Schedule(soonest);
        }
    }

    private bool GrantHead(bool write, ref TimeSpan soonest)
    {
        var queue = write ? _writes : _reads;
        while (queue.TryPeek(out var gone) && gone.Task.IsCompleted)
        {
            queue.Dequeue(); // it stopped waiting
        }

        if (!queue.TryPeek(out var head) || TryGrant(write, ref soonest) is not { } permit)
        {
            return false;
        }

        queue.Dequeue();
        if (!head.TryGive(permit))
        {
            _inFlight--; // it stopped waiting this moment; a pacer's token is lost, which is the safe side
        }

        return true;
    }

    private Permit? TryGrant(bool write, ref TimeSpan soonest)
    {
        if (_inFlight >= (int)_limit)
        {
            return null; // the next release pumps
        }

        // The own pacer is looked at first and taken from last, so that a write that must wait for the shared one costs it nothing.
        var wait = PauseLeft;
        if (wait <= TimeSpan.Zero)
        {
            wait = _rules.Pacer?.UntilNext ?? TimeSpan.Zero;
        }

        if (wait <= TimeSpan.Zero && write)
        {
            _rules.WritePacer?.TryTake(out wait);
        }

        if (wait > TimeSpan.Zero)
        {
            soonest = soonest == Timeout.InfiniteTimeSpan || wait < soonest ? wait : soonest;
            return null;
        }

        _rules.Pacer?.TryTake(out _);

        _inFlight++;
        _granted++;
        _rate.Count();
        return new Permit(_granted, write);
    }

    private void Schedule(TimeSpan wait)
    {
        if (wait != Timeout.InfiniteTimeSpan)
        {
            // Rounded up: a timer that fires a tick too early would find nothing to grant and spin.
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private void Pause(TimeSpan wait)
    {
        var end = _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency);
        _pauseEnd = Math.Max(_pauseEnd, end);
    }

    private TimeSpan Backoff()
    {
        var wait = _rules.FirstBackoff * Math.Pow(2, Math.Min(_throttledInARow, 16));
        _throttledInARow++;
        return wait < _rules.LongestBackoff ? wait : _rules.LongestBackoff;
    }

    // Whatever was in flight when the limit was cut was sent under the old limit: its refusals are the same news, and count once.
    private void Halve(long number)
    {
        if (number <= _lastCut)
        {
            return;
        }

        _lastCut = _granted;
        _successes = 0;
        _limit = Math.Max(1, _limit / 2);
        _rules.Pacer?.Slow();
        _rules.WritePacer?.Slow();
    }

    private void Shrink(long number)
    {
        if (number > _lastCut)
        {
            _lastCut = _granted;
            _successes = 0;
            _limit = Math.Max(1, _limit - 1);
        }
    }

    private void Succeed(Permit permit, double fullness, bool full)
    {
        if (fullness >= ShrinkFrom)
        {
            Shrink(permit.Number);
            return;
        }

        _rules.Pacer?.Accept();
        if (permit.Write)
        {
            _rules.WritePacer?.Accept();
        }

        // A limit that is not used up proves nothing about a higher one.
        if (fullness >= NoGrowthFrom || !full)
        {
            return;
        }

        _successes++;
        if (_successes >= (int)_limit)
        {
            _successes = 0;
            _limit = Math.Min(_rules.MaxInFlight, _limit + 1);
        }
    }

    private sealed class Waiter : TaskCompletionSource<Permit>
    {
        private readonly CancellationTokenRegistration _registration;

        public Waiter(CancellationToken cancellationToken)
            : base(TaskCreationOptions.RunContinuationsAsynchronously) =>
            _registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).TrySetCanceled(token), this);

        /// <summary>Ends the waiting with a permit, unless it has ended already.</summary>
        public bool TryGive(Permit permit)
        {
            _registration.Unregister();
            return TrySetResult(permit);
        }
    }
}
