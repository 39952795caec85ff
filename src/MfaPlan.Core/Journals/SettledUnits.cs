using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>
/// What runs left in place, by unit: what the tenant is expected to show still. The newest run that left something in place counts for a
/// unit, and what a rollback undid of it is not expected any more.
/// </summary>
public sealed class SettledUnits
{
    private readonly Dictionary<UnitId, SettledUnit> _units = [];
    private readonly HashSet<string> _rollbacks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _alike = new(StringComparer.Ordinal);

    /// <summary>The units, in no order; one with nothing left in place is not among them.</summary>
    public IReadOnlyDictionary<UnitId, SettledUnit> Units => _units;

    /// <summary>Takes one line into account.</summary>
    /// <param name="line">Verified before, without line end.</param>
    public void Add(ReadOnlySpan<byte> line)
    {
        switch (JournalLines.Parse(line).Entry)
        {
            case JournalEntry.Run { Purpose: RunPurpose.Rollback } run:
                _rollbacks.Add(run.RunId);
                break;
            case JournalEntry.Settle settle when _rollbacks.Contains(settle.RunId):
                TakeBack(settle);
                break;
            case JournalEntry.Settle settle:
                Expect(settle);
                break;
        }
    }

    private void Expect(JournalEntry.Settle settle)
    {
        var known = _units.GetValueOrDefault(settle.Unit) is { } unit && unit.Run == settle.RunId ? unit.Changes : [];
        ImmutableArray<string> changes =
        [
            .. known.Where(id => settle.Outcomes.All(outcome => outcome.Id != id)),
            .. settle.Outcomes.Where(static outcome => outcome.Is.IsInPlace).Select(static outcome => outcome.Id),
        ];
        if (!changes.IsEmpty)
        {
            _units[settle.Unit] = new SettledUnit(settle.RunId, settle.At, Shared(changes));
        }
        else if (!known.IsEmpty)
        {
            _units.Remove(settle.Unit);
        }
    }

    private void TakeBack(JournalEntry.Settle settle)
    {
        if (!_units.TryGetValue(settle.Unit, out var unit))
        {
            return;
        }

        ImmutableArray<string> left = [.. unit.Changes.Where(id => !settle.Outcomes.Any(outcome => outcome.Id == id && outcome.Is.IsInPlace))];
        if (left.IsEmpty)
        {
            _units.Remove(settle.Unit);
        }
        else
        {
            _units[settle.Unit] = unit with { Changes = Shared(left) };
        }
    }

    /// <summary>Half a million units have a few dozen different lists.</summary>
    private ImmutableArray<string> Shared(ImmutableArray<string> changes)
    {
        var key = string.Join(' ', changes);
        if (_alike.TryGetValue(key, out var alike))
        {
            return alike;
        }

        return _alike[key] = changes;
    }
}

/// <summary>What a run left in place of one unit.</summary>
/// <param name="Run">The run.</param>
/// <param name="At">When it was last settled.</param>
/// <param name="Changes">The ids of the changes that were seen in place.</param>
public sealed record SettledUnit(string Run, DateTimeOffset At, ImmutableArray<string> Changes);
