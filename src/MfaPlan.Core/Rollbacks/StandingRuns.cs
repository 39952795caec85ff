using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Rollbacks;

/// <summary>The runs of which something is in force: applied, and not undone whole.</summary>
public static class StandingRuns
{
    /// <summary>All of them in the order of the way back: the last stage first, within a stage the newest run first.</summary>
    public static ImmutableArray<RunRecord> Of(Ledger ledger)
    {
        var domains = ledger.SwitchedDomains.Select(static domain => domain.Run).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. ledger.Runs.Where(run => run.Purpose == RunPurpose.Apply
                    && (StageId.Parse(run.Stage) == StageId.CutOver ? domains.Contains(run.Id) : run.Applied > 0 && !ledger.IsUndone(run)))
                .Reverse().OrderByDescending(static run => StageId.Parse(run.Stage)),
        ];
    }

    /// <summary>Those of later stages, which stand on an earlier one.</summary>
    /// <param name="ledger">The journal folded.</param>
    /// <param name="stage">The earlier stage.</param>
    public static ImmutableArray<RunRecord> Above(Ledger ledger, StageId stage) => [.. Of(ledger).Where(run => StageId.Parse(run.Stage) > stage)];
}
