using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Evidence;

/// <summary>A run as the journal of a pack tells it.</summary>
public sealed class RunFacts
{
    private readonly Dictionary<UnitId, RunUnit>? _units;
    private readonly Dictionary<UnitId, Dictionary<string, (long Line, DateTimeOffset At)>> _begun = [];

    internal RunFacts(JournalEntry.Run entry, long line, Dictionary<UnitId, RunUnit>? units)
    {
        Entry = entry;
        Line = line;
        _units = units;
    }

    /// <summary>What its first line says.</summary>
    public JournalEntry.Run Entry { get; }

    /// <summary>The number of its first line.</summary>
    public long Line { get; }

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

    internal void Begin(long line, JournalEntry.Begin begin)
    {
        if (!_begun.TryGetValue(begin.Unit, out var changes))
        {
            _begun[begin.Unit] = changes = new(StringComparer.Ordinal);
        }

        foreach (var change in begin.Changes)
        {
            changes[change] = (line, begin.At);
        }
    }

    /// <summary>What was begun of a unit and is settled now.</summary>
    internal Dictionary<string, (long Line, DateTimeOffset At)> Settle(UnitId unit) => _begun.Remove(unit, out var changes) ? changes : [];

    /// <summary>What was begun of a unit.</summary>
    internal IReadOnlyDictionary<string, (long Line, DateTimeOffset At)> BegunOf(UnitId unit) => _begun[unit];

    /// <summary>The run is over: its units are not needed any more.</summary>
    internal void Forget()
    {
        _units?.Clear();
        _begun.Clear();
    }
}
