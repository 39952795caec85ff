using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Waves;

namespace MfaPlan.Core.Reports;

/// <summary>How far a stage is, as the journal tells it.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="State">notAsked, notBegun, open, undone, partlyUndone, undoneForSome, or the result of its last run.</param>
/// <param name="Run">The run that says so; null for none.</param>
public sealed record StageReport(string Stage, string State, string? Run)
{
    /// <summary>Whether the stage has something to do by what the journal tells; only a preview knows.</summary>
    public bool IsDue => State is not ("notAsked" or "complete");

    /// <summary>Whether later stages may follow: nothing is asked for, or its last run was seen through and not undone, save for single users.</summary>
    public bool IsPassed => State is "notAsked" or "undoneForSome" or RunResult.Complete or RunResult.Incomplete;

    /// <summary>The stages of a plan, in order.</summary>
    public static ImmutableArray<StageReport> Of(Plan plan, Ledger ledger) =>
        [.. StageId.Of(plan).Select(stage => Of(stage, stage != StageId.Prepare || WritesPolicy(plan), ledger))];

    /// <summary>The first stage before another that is not passed; null where all are.</summary>
    public static StageReport? NotPassedBefore(Plan plan, StageId stage, Ledger ledger) => StageId.Of(plan)
        .TakeWhile(earlier => earlier < stage)
        .Select(earlier => Of(earlier, earlier != StageId.Prepare || WritesPolicy(plan), ledger))
        .FirstOrDefault(static report => !report.IsPassed);

    /// <summary>The stage to preview where none is named: the first one behind prepare that is not passed, else migrate.</summary>
    public static StageId NextOf(Plan plan, Ledger ledger) => StageId.Of(plan)
        .Where(static stage => stage > StageId.Prepare && stage != StageId.CutOver)
        .Select(static stage => (StageId?)stage)
        .FirstOrDefault(stage => IsNext(plan, stage!.Value, Of(stage!.Value, asked: true, ledger), ledger)) ?? StageId.Migrate;

    /// <summary>The end of the rollout comes up when the cut-over stands, and again until it is in place: it has one write and no users who could be left.</summary>
    private static bool IsNext(Plan plan, StageId stage, StageReport report, Ledger ledger) => stage == StageId.Retire
        ? report.State != RunResult.Complete && RetireDue.Of(plan, ledger).From is not null
        : !report.IsPassed;

    private static bool WritesPolicy(Plan plan) => plan.ReRegister?.Campaign is not null || (plan.Policy?.Ensure is { } ensure
        && (ensure.Sms is not null || ensure.Voice is not null || ensure.MicrosoftAuthenticator is not null
            || ensure.SoftwareOath is not null || ensure.HardwareOath is not null));

    private static StageReport Of(StageId stage, bool asked, Ledger ledger)
    {
        if (ledger.Runs.LastOrDefault(run => run.Purpose == RunPurpose.Apply && StageId.Parse(run.Stage) == stage) is not { } last)
        {
            return new StageReport(stage.Name, asked ? "notBegun" : "notAsked", null);
        }

        // A cut-over of which one domain is back is not in force, and nothing that builds on it may follow.
        if (stage == StageId.CutOver && ledger.SwitchedDomains.Length > 0 && ledger.Runs.LastOrDefault(static run => StageId.Parse(run.Stage) == StageId.CutOver)
            is { Purpose: RunPurpose.Rollback } partly)
        {
            return new StageReport(stage.Name, "partlyUndone", partly.Id);
        }

        return ledger.Runs.LastOrDefault(run => run.Undoes == last.Id) is { } undo
            ? new StageReport(
                stage.Name,
                undo.Result != RunResult.Complete ? "partlyUndone" : stage.WaveName is not null && !ledger.IsUndone(last) ? "undoneForSome" : "undone",
                undo.Id)
            : new StageReport(stage.Name, last.Result ?? "open", last.Id);
    }
}
