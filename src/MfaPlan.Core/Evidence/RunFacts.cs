using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Evidence;

/// <summary>A run as the journal of a pack tells it.</summary>
public sealed class RunFacts
{
    private readonly Dictionary<UnitId, RunUnit>? _units;
    private readonly Dictionary<UnitId, Dictionary<string, Begun>> _begun = [];

    internal RunFacts(JournalEntry.Run entry, long line, int epoch, Dictionary<UnitId, RunUnit>? units)
    {
        Entry = entry;
        Line = line;
        Epoch = epoch;
        _units = units;
    }

    /// <summary>What its first line says.</summary>
    public JournalEntry.Run Entry { get; }

    /// <summary>The number of its first line.</summary>
    public long Line { get; }

    /// <summary>The session that began it.</summary>
    public int Epoch { get; }

    /// <summary>The waves, by the names of their stages, that had routed users when it began.</summary>
    public ImmutableArray<string> Routed { get; internal init; } = [];

    /// <summary>The last judgement of each gate before it began, by the names of stages.</summary>
    public ImmutableDictionary<string, (string Result, int Epoch)> GatesBefore { get; internal init; } = ImmutableDictionary<string, (string Result, int Epoch)>.Empty;

    /// <summary>Its last line; null while it is open.</summary>
    public (long Line, JournalEntry.Close Entry)? Closed { get; internal set; }

    /// <summary>Who went on with it after another session, in order.</summary>
    public IReadOnlyList<(long Line, JournalEntry.Takeover Entry)> Takeovers => TakenOver;

    internal List<(long Line, JournalEntry.Takeover Entry)> TakenOver { get; } = [];

    /// <summary>The units that were begun and not settled, in order of id.</summary>
    internal IEnumerable<UnitId> Open => _begun.Keys.Order();

    /// <summary>The unit of its change set; null where the pack has none. A run whose change set is not in the pack has no units.</summary>
    internal RunUnit? Unit(UnitId id) => _units?.GetValueOrDefault(id);

    /// <summary>Whether its change set is in the pack.</summary>
    internal bool HasUnits => _units is not null;

    internal void Begin(long line, string actor, JournalEntry.Begin begin)
    {
        if (!_begun.TryGetValue(begin.Unit, out var changes))
        {
            _begun[begin.Unit] = changes = new(StringComparer.Ordinal);
        }

        foreach (var change in begin.Changes)
        {
            changes[change] = new Begun(line, begin.At, actor);
        }
    }

    /// <summary>What was begun of a unit and is settled now.</summary>
    internal Dictionary<string, Begun> Settle(UnitId unit) => _begun.Remove(unit, out var changes) ? changes : [];

    /// <summary>What was begun of a unit.</summary>
    internal IReadOnlyDictionary<string, Begun> BegunOf(UnitId unit) => _begun[unit];

    /// <summary>The run is over: its units are not needed any more.</summary>
    internal void Forget()
    {
        _units?.Clear();
        _begun.Clear();
    }

    /// <summary>The last begin of a change.</summary>
    /// <param name="Line">The line of the journal.</param>
    /// <param name="At">When.</param>
    /// <param name="Actor">Who held the lock.</param>
    internal readonly record struct Begun(long Line, DateTimeOffset At, string Actor);
}
