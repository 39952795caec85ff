using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>
/// What runs left in place, by unit: what the tenant is expected to show still. Of each change the newest run that left it in place counts, and
/// what a rollback undid is not expected any more.
/// </summary>
public sealed class SettledUnits
{
    private readonly Dictionary<UnitId, SettledUnit> _units = [];
    private readonly HashSet<string> _rollbacks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _alike = new(StringComparer.Ordinal);

    /// <summary>The units, in no order, each with what its newest run left; one with nothing left in place is not among them.</summary>
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
        var known = _units.GetValueOrDefault(settle.Unit);
        var inPlace = settle.Outcomes.Where(static outcome => outcome.Is.IsInPlace).Select(static outcome => outcome.Id).ToList();
        ImmutableArray<string> changes =
        [
            .. (known?.Of(settle.RunId)?.Changes ?? []).Where(id => settle.Outcomes.All(outcome => outcome.Id != id)),
            .. inPlace,
        ];
        Keep(settle.Unit, changes.IsEmpty ? null : new SettledUnit(settle.RunId, settle.At, Shared(changes)), Without(known, inPlace, settle.RunId));
    }

    private void TakeBack(JournalEntry.Settle settle)
    {
        if (_units.TryGetValue(settle.Unit, out var unit))
        {
            var undone = settle.Outcomes.Where(static outcome => outcome.Is.IsInPlace).Select(static outcome => outcome.Id).ToList();
            Keep(settle.Unit, null, Without(unit, undone, run: null));
        }
    }

    private void Keep(UnitId id, SettledUnit? newest, SettledUnit? earlier)
    {
        if ((newest is null ? earlier : newest with { Earlier = earlier }) is { } unit)
        {
            _units[id] = unit;
        }
        else
        {
            _units.Remove(id);
        }
    }

    /// <summary>What runs left without some changes, and without one run.</summary>
    private SettledUnit? Without(SettledUnit? unit, List<string> changes, string? run)
    {
        if (unit is null)
        {
            return null;
        }

        var earlier = Without(unit.Earlier, changes, run);
        ImmutableArray<string> left = unit.Run == run ? [] : [.. unit.Changes.Where(id => !changes.Contains(id))];
        return left.IsEmpty ? earlier : unit with { Changes = left.Length == unit.Changes.Length ? unit.Changes : Shared(left), Earlier = earlier };
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
public sealed record SettledUnit(string Run, DateTimeOffset At, ImmutableArray<string> Changes)
{
    /// <summary>What an earlier run left that no later one wrote over; null for nothing.</summary>
    public SettledUnit? Earlier { get; init; }

    /// <summary>This and what earlier runs left, the newest first.</summary>
    public IEnumerable<SettledUnit> All()
    {
        for (var unit = this; unit is not null; unit = unit.Earlier)
        {
            yield return unit;
        }
    }

    /// <summary>What one run left; null for nothing.</summary>
    public SettledUnit? Of(string run) => All().FirstOrDefault(unit => unit.Run == run);
}
