using System.Globalization;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Plans;

namespace MfaPlan.Cli.Rendering;

/// <summary>The guide's steps and what holds which stage, as <c>status</c> says it.</summary>
/// <param name="Done">Steps done.</param>
/// <param name="NotApplicable">Steps that do not apply.</param>
/// <param name="Open">Steps that are not settled.</param>
/// <param name="Next">The first of these; null for none.</param>
/// <param name="Steps">All of them, in the guide's order.</param>
internal sealed record ChecklistStatus(int Done, int NotApplicable, int Open, string? Next, IReadOnlyList<StepReport> Steps)
{
    /// <summary>The status of a checklist; null where the plan keeps no answers.</summary>
    public static ChecklistStatus? Of(ChecklistView? view)
    {
        if (view is null)
        {
            return null;
        }

        var opinions = ChecklistJudge.Judge(view);
        return new ChecklistStatus(
            opinions.Count(static opinion => opinion.Standing == ItemStanding.Done),
            opinions.Count(static opinion => opinion.Standing == ItemStanding.NotApplicable),
            opinions.Count(static opinion => !opinion.IsSettled),
            opinions.FirstOrDefault(static opinion => !opinion.IsSettled)?.Item.Id,
            [.. opinions.Select(StepReport.Of)]);
    }

    /// <summary>What holds the stages that a plan has; stages that nothing holds are left out.</summary>
    public static IReadOnlyList<HeldStage> Held(Plan plan, ChecklistView? view) =>
    [
        .. Enum.GetValues<StageKind>()
            .Where(stage => stage switch { StageKind.Rollout => plan.Rollout is not null, StageKind.CutOver => plan.CutOver is not null, _ => true })
            .Select(stage => new HeldStage(AssessmentText.Word(stage), ChecklistJudge.HeldBy(plan, view, stage)))
            .Where(static held => held.By.Count > 0),
    ];

    /// <summary>Lines for the screen; none where the plan keeps no answers and nothing is held.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="view">Its answers; null where it keeps none or they could not be read.</param>
    public static IEnumerable<string> Lines(Plan plan, ChecklistView? view)
    {
        if (Of(view) is { } status)
        {
            var next = status.Steps.FirstOrDefault(step => step.Id == status.Next) is { } step
                ? $"; next: {step.Id}, \"{step.Title}\" (guide: {step.Section})"
                : "";
            yield return string.Create(
                CultureInfo.InvariantCulture, $"steps    {status.Done} done, {status.NotApplicable} do not apply, {status.Open} open{next}");
            foreach (var broken in status.Steps.Where(static step => step.Problem is not null))
            {
                yield return $"evidence {broken.Id}: {PlainText.Of(broken.Problem!)}";
            }
        }

        else if (plan.Checklist is { Answers: var answers })
        {
            yield return $"steps    not known: {PlainText.Of(answers)} could not be read";
        }

        foreach (var held in Held(plan, view))
        {
            yield return $"held     {held.Stage} by {PlainText.Of(string.Join(", ", held.By))}";
        }
    }
}

/// <summary>A stage that waits.</summary>
/// <param name="Stage">prepare, migrate, rollout or cutOver.</param>
/// <param name="By">Ids of steps, dependencies and rows.</param>
internal sealed record HeldStage(string Stage, IReadOnlyList<string> By);
