using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Reports;

/// <summary>How far a stage is, as the journal tells it.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="State">notAsked, notBegun, open, undone, partlyUndone, or the result of its last run.</param>
/// <param name="Run">The run that says so; null for none.</param>
public sealed record StageReport(string Stage, string State, string? Run)
{
    /// <summary>Whether the stage has something to do by what the journal tells; only a preview knows.</summary>
    public bool IsDue => State is not ("notAsked" or "complete");

    /// <summary>The stages of a plan, in order.</summary>
    public static ImmutableArray<StageReport> Of(Plan plan, Ledger ledger) =>
    [
        Of(StageId.Prepare, WritesPolicy(plan), ledger),
        Of(StageId.Migrate, asked: true, ledger),
    ];

    private static bool WritesPolicy(Plan plan) => plan.ReRegister?.Campaign is not null || (plan.Policy?.Ensure is { } ensure
        && (ensure.Sms is not null || ensure.Voice is not null || ensure.MicrosoftAuthenticator is not null
            || ensure.SoftwareOath is not null || ensure.HardwareOath is not null));

    private static StageReport Of(StageId stage, bool asked, Ledger ledger)
    {
        if (ledger.Runs.LastOrDefault(run => run.Purpose == RunPurpose.Apply && StageId.Parse(run.Stage) == stage) is not { } last)
        {
            return new StageReport(stage.Name, asked ? "notBegun" : "notAsked", null);
        }

        return ledger.Runs.LastOrDefault(run => run.Undoes == last.Id) is { } undo
            ? new StageReport(stage.Name, undo.Result == RunResult.Complete ? "undone" : "partlyUndone", undo.Id)
            : new StageReport(stage.Name, last.Result ?? "open", last.Id);
    }
}
