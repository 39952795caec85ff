using System.Collections.Immutable;

namespace MfaPlan.Graph.Limiting;

/// <summary>One limiter for each budget; writes of directory and methods share one pace.</summary>
internal sealed class Limiters : IDisposable
{
    private readonly ImmutableArray<AdaptiveLimiter> _limiters;

    public Limiters(int maxInFlight, Pace? writePace, Pace? reportPace, TimeProvider time)
    {
        var writes = writePace is null ? null : new Pacer(writePace, time);
        var rules = new BudgetRules(maxInFlight) { WritePacer = writes };
#pragma warning disable CA2000 // disposed with this
        _limiters =
        [
            new(Budget.Directory, rules, time),
            new(Budget.Methods, rules, time),
            new(Budget.Reports, new(1) { Pacer = reportPace is null ? null : new(reportPace, time) }, time),
            new(Budget.Activations, rules with { Pacer = new(new(200, TimeSpan.FromMinutes(5), 10), time) }, time),
            // One a second is the limit of all apps together, so we stay well below it. A 429 names no wait.
            new(Budget.ConditionalAccess, new(1)
            {
                Pacer = new(Pace.Every(TimeSpan.FromSeconds(1.2)), time),
                FirstBackoff = TimeSpan.FromSeconds(2),
            }, time),
        ];
#pragma warning restore CA2000
    }

    public AdaptiveLimiter this[Budget budget] => _limiters[(int)budget];

    public ImmutableArray<LimiterSnapshot> Snapshot() => [.. _limiters.Select(static limiter => limiter.Snapshot())];

    public void Dispose()
    {
        foreach (var limiter in _limiters)
        {
            limiter.Dispose();
        }
    }
}
