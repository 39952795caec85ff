using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>What the ledger keeps of units: half a million of them, so numbers and bytes instead of objects.</summary>
internal sealed class LedgerUnits
{
    private const int LongestKey = 512;

    private readonly Dictionary<UnitId, UnitState> _open = [];
    private readonly Dictionary<UnitId, int> _migrated = [];
    private readonly Pool<ImmutableArray<string>> _changes = new();
    private readonly Pool<ImmutableArray<ChangeSettled>> _outcomes = new();
    private readonly ShortTexts _sources = new();
    private readonly Dictionary<UnitId, WrittenValues> _written = [];
    private readonly Dictionary<(UnitId Unit, string Change), DateTimeOffset> _policies = [];
    private readonly SortedDictionary<string, SwitchedDomain> _domains = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Units begun and not settled.</summary>
    public int Unsettled { get; private set; }

    /// <summary>Domains that a cut-over switched and no rollback has brought back, by name.</summary>
    public ImmutableArray<SwitchedDomain> Domains() => [.. _domains.Values];

    /// <summary>The units begun and not settled.</summary>
    public IEnumerable<UnitId> OpenUnits() => _open.Where(static unit => unit.Value.IsOpen).Select(static unit => unit.Key);

    /// <summary>How far a unit is.</summary>
    public UnitProgress? ProgressOf(UnitId unit) => !_open.TryGetValue(unit, out var state) ? null
        : state.IsOpen ? new UnitProgress.Begun(new DateTimeOffset(state.BegunAt, TimeSpan.Zero), _changes[state.Changes])
        : new UnitProgress.Settled(_outcomes[state.Outcomes]);

    /// <summary>The fingerprint of the last migration.</summary>
    public string? LastMigrated(UnitId unit) => _migrated.TryGetValue(unit, out var place) ? _sources.Get(place) : null;

    /// <summary>What we wrote last to a unit's fields.</summary>
    public WrittenValues WrittenTo(UnitId unit) => _written.GetValueOrDefault(unit);

    /// <summary>A unit is begun, perhaps again.</summary>
    public void Begin(UnitId unit, DateTimeOffset at, ReadOnlySpan<byte> changes)
    {
        var known = _open.TryGetValue(unit, out var state);
        var number = _changes.NumberOf(changes, changes, LineReader.ChangesOf);
        if (!state.IsOpen || !known)
        {
            Unsettled++;
        }

        _open[unit] = new UnitState(at.UtcTicks, number, known ? state.Outcomes : UnitState.None);
    }

    /// <summary>A unit is settled, perhaps again.</summary>
    public void Settle(UnitId unit, DateTimeOffset at, ReadOnlySpan<byte> outcomes, ReadOnlySpan<byte> source, RunTally run)
    {
        var key = KeyOf(outcomes, stackalloc byte[LongestKey]);
        var number = _outcomes.NumberOf(key, outcomes, static items => OutcomeReader.All(items, withRequests: false));
        var settled = _outcomes[number];
        var known = _open.TryGetValue(unit, out var state);
        if (known && state.IsOpen)
        {
            Unsettled--;
        }

        if (known && state.Outcomes >= 0)
        {
            run.Count(unit, _outcomes[state.Outcomes], -1);
        }
        else
        {
            run.AddUnit();
        }

        run.Count(unit, settled, 1);
        _open[unit] = new UnitState(state.BegunAt, UnitState.None, number);
        NoteMigrated(unit, settled, source, run.IsRollback);
        NoteWritten(unit, outcomes);
        if (unit.Kind == UnitKind.Policy)
        {
            NotePolicy(unit, at, settled, run.IsRollback);
        }
        else if (unit.Kind == UnitKind.Domain)
        {
            NoteDomain(unit.Name, at, settled, run);
        }
    }

    /// <summary>When a change of a policy's unit was last seen in place after having been sent; null when never, or undone since.</summary>
    public DateTimeOffset? PolicyAppliedAt(UnitId unit, string change) =>
        _policies.TryGetValue((unit, change), out var at) ? at : null;

    /// <summary>The run is closed: its units matter no more.</summary>
    public void Close()
    {
        _open.Clear();
        Unsettled = 0;
    }

    /// <summary>Gives back what growing took too much of.</summary>
    public void Trim()
    {
        _open.TrimExcess();
        _migrated.TrimExcess();
        _written.TrimExcess();
    }

    private void NotePolicy(UnitId unit, DateTimeOffset at, ImmutableArray<ChangeSettled> settled, bool rollback)
    {
        foreach (var outcome in settled.Where(static outcome => outcome.Is is ChangeOutcome.Applied))
        {
            if (rollback)
            {
                _policies.Remove((unit, outcome.Id));
            }
            else
            {
                _policies[(unit, outcome.Id)] = at;
            }
        }
    }

    /// <summary>What is found in place was switched by somebody else, or by this run before a kill; a way back that finds it in place is there.</summary>
    private void NoteDomain(string name, DateTimeOffset at, ImmutableArray<ChangeSettled> settled, RunTally run)
    {
        if (run.IsRollback && settled.All(static outcome => outcome.Is.IsInPlace))
        {
            _domains.Remove(name);
        }
        else if (!run.IsRollback && settled.Any(static outcome => outcome.Is is ChangeOutcome.Applied))
        {
            _domains[name] = new SwitchedDomain(name, run.Id, at);
        }
    }

    private void NoteMigrated(UnitId unit, ImmutableArray<ChangeSettled> settled, ReadOnlySpan<byte> source, bool rollback)
    {
        if (settled.All(static outcome => outcome.Id == Change.RouteId))
        {
            return; // a wave moves the user, and says nothing of what was brought over
        }

        if (rollback)
        {
            if (settled.Any(static outcome => outcome.Is is ChangeOutcome.Applied))
            {
                _migrated.Remove(unit);
            }
        }
        else if (settled.All(static outcome => outcome.Is.IsInPlace))
        {
            if (source.IsEmpty)
            {
                _migrated.Remove(unit);
            }
            else
            {
                _migrated[unit] = _sources.Put(source, _migrated.GetValueOrDefault(unit, UnitState.None));
            }
        }
    }

    private void NoteWritten(UnitId unit, ReadOnlySpan<byte> outcomes)
    {
        var reader = new OutcomeReader(outcomes);
        var values = WrittenTo(unit);
        var before = values;
        while (reader.MoveNext())
        {
            values = reader.Written.IsEmpty ? values : values.With(reader.Id, reader.Written);
        }

        if (values != before)
        {
            _written[unit] = values;
        }
    }

    // Request ids and fingerprints differ from unit to unit and are left out, so that alike outcomes are kept once.
    private static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> outcomes, Span<byte> key)
    {
        var reader = new OutcomeReader(outcomes);
        var used = 0;
        while (reader.MoveNext())
        {
            var length = reader.Id.Length + reader.Word.Length + reader.Detail.Length + 3;
            if (used + length > key.Length)
            {
                return outcomes;
            }

            used = Append(key, used, reader.Id, 0);
            used = Append(key, used, reader.Word, 0);
            used = Append(key, used, reader.Detail, (byte)'\n');
        }

        return key[..used];
    }

    private static int Append(Span<byte> key, int used, ReadOnlySpan<byte> part, byte end)
    {
        part.CopyTo(key[used..]);
        key[used + part.Length] = end;
        return used + part.Length + 1;
    }
}
