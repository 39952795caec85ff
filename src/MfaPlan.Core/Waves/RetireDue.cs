using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Reports;

namespace MfaPlan.Core.Waves;

/// <summary>From when on the staged rollout may end, as the plan and the journal tell it.</summary>
/// <param name="CutOver">When the cut-over was closed that stands; null where none does.</param>
/// <param name="From">The instant from which on it may; null where no cut-over stands.</param>
/// <param name="WhyNot">Why no cut-over stands; null where one does.</param>
public sealed record RetireDue(DateTimeOffset? CutOver, DateTimeOffset? From, string? WhyNot)
{
    /// <summary>
    /// Reads it off. A cut-over stands whose last run is complete and was not undone, or that found every domain in place. The wait begins when that run was
    /// closed, behind its last write, and is never shorter than the switch may take to count everywhere.
    /// </summary>
    public static RetireDue Of(Plan plan, Ledger ledger)
    {
        var report = StageReport.Of(plan, ledger).FirstOrDefault(static report => report.Stage == StageId.CutOver.Name);
        if (report is { State: RunResult.Complete }
            && ledger.Runs.Single(run => run.Id == report.Run) is { ClosedAt: { } closed })
        {
            var wait = plan.Rollout?.Retire?.Wait.Value ?? TimeSpan.Zero;
            return new(closed, closed + (wait > DomainPlanner.TakesEffectWithin ? wait : DomainPlanner.TakesEffectWithin), null);
        }

        return new(null, null, report?.State switch
        {
            null => "the plan has no cut-over",
            "notBegun" => "the cut-over was not begun",
            "open" => $"run {report.Run} of the cut-over is open",
            "undone" or "partlyUndone" => $"the cut-over was undone by run {report.Run}",
            _ => $"run {report.Run} of the cut-over did not bring every domain to its end ({report.State})",
        });
    }
}
