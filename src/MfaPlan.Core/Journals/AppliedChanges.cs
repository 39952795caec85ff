using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>
/// What a run applied and a rollback of it may therefore undo. What was in place already before the run is not among
/// it.
/// </summary>
public sealed class AppliedChanges(string runId)
{
    private readonly Dictionary<UnitId, ImmutableArray<string>> _applied = [];

    /// <summary>
    /// The ids of the applied changes, in the order of the settle, by unit; units with none are left out.
    /// </summary>
    public IReadOnlyDictionary<UnitId, ImmutableArray<string>> Units => _applied;

    /// <summary>All lines of a journal at once.</summary>
    /// <param name="lines">Verified before, without line ends.</param>
    /// <param name="runId">The run.</param>
    [SuppressMessage("Design", "MA0016", Justification = "Made for the caller alone, who may take from it.")]
    public static Dictionary<UnitId, ImmutableArray<string>> In(IEnumerable<ReadOnlyMemory<byte>> lines, string runId)
    {
        var changes = new AppliedChanges(runId);
        foreach (var line in lines)
        {
            changes.Add(line.Span);
        }

        return changes._applied;
    }

    /// <summary>Takes one line into account; lines of other runs and kinds are passed over.</summary>
    /// <param name="line">Verified before, without line end.</param>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (JournalLines.Parse(line).Entry is not JournalEntry.Settle settle || settle.RunId != runId)
        {
            return;
        }

        // A resumed run that finds in place what it applied before must still be able to undo it.
        var before = _applied.GetValueOrDefault(settle.Unit, []);
        ImmutableArray<string> after =
        [
            .. before.Where(id => settle.Outcomes.All(outcome => outcome.Id != id)),
            .. settle.Outcomes
                .Where(outcome => outcome.Is is ChangeOutcome.Applied
                    || (outcome.Is is ChangeOutcome.AlreadyInPlace && before.Contains(outcome.Id, StringComparer.Ordinal)))
                .Select(static outcome => outcome.Id),
        ];
        if (after.IsEmpty)
        {
            _applied.Remove(settle.Unit);
        }
        else
        {
            _applied[settle.Unit] = after;
        }
    }
}
