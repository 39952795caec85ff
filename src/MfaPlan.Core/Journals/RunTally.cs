using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>Counts a run while it is folded.</summary>
internal sealed class RunTally(JournalEntry.Run run)
{
    private readonly Dictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private int _units;
    private int _applied;
    private int _inPlace;
    private int _moved;
    private string? _result;
    private DateTimeOffset? _closedAt;

    /// <summary>The run's id.</summary>
    public string Id => run.RunId;

    /// <summary>Whether it rolls another back.</summary>
    public bool IsRollback => run.Purpose == RunPurpose.Rollback;

    /// <summary>A unit is settled for the first time.</summary>
    public void AddUnit() => _units++;

    /// <summary>Counts outcomes, or takes those of an earlier settle of the same unit back.</summary>
    /// <param name="unit">Which.</param>
    /// <param name="outcomes">What became of its changes.</param>
    /// <param name="by">1 or -1.</param>
    public void Count(UnitId unit, ImmutableArray<ChangeSettled> outcomes, int by)
    {
        _applied += outcomes.Any(static outcome => outcome.Is is ChangeOutcome.Applied) ? by : 0;
        _moved += unit.Kind == UnitKind.User && outcomes.Any(static outcome => outcome.Is is ChangeOutcome.Drifted) ? by : 0;
        _inPlace += outcomes.All(static outcome => outcome.Is.IsInPlace) ? by : 0;
        foreach (var outcome in outcomes)
        {
            _outcomes[outcome.Is.Word] = _outcomes.GetValueOrDefault(outcome.Is.Word) + by;
        }
    }

    /// <summary>Ends the run.</summary>
    public void Close(string result, DateTimeOffset at) => (_result, _closedAt) = (result, at);

    /// <summary>The run as a value.</summary>
    public RunRecord ToRecord() => new(
        run.RunId,
        run.Digest,
        run.Plan,
        run.PlanDigest,
        run.Stage,
        run.Purpose,
        run.Undoes,
        run.At,
        _result,
        _units,
        _outcomes.Where(static count => count.Value > 0).ToImmutableSortedDictionary(StringComparer.Ordinal))
    {
        Applied = _applied,
        InPlace = _inPlace,
        Moved = _moved,
        ClosedAt = _closedAt,
    };
}
