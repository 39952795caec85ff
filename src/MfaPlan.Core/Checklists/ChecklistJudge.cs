using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Checklists;

/// <summary>Judges the guide's steps and the plan's dependencies: where each stands, and which stages wait for it.</summary>
public static class ChecklistJudge
{
    /// <summary>Where every step stands, in the guide's order.</summary>
    /// <param name="view">The answers; null where the plan keeps none, and every step is open.</param>
    public static ImmutableArray<ItemOpinion> Judge(ChecklistView? view) => [.. GuideData.Items.Select(item => Judge(item, view))];

    /// <summary>
    /// The guards of a stage: every step that it waits for, every dependency that says it holds it, and before the cut-over every
    /// authentication service that is not cleared. Steps are judged only where the plan keeps answers.
    /// </summary>
    /// <param name="plan">The plan with its dependencies.</param>
    /// <param name="view">The answers; null where the plan keeps none.</param>
    /// <param name="stage">The stage.</param>
    public static ImmutableArray<GuardResult> Blocks(Plan plan, ChecklistView? view, StageId stage) => Blocks(plan, view, KindOf(stage));

    /// <summary>See <see cref="Blocks(Plan, ChecklistView?, StageId)"/>.</summary>
    public static ImmutableArray<GuardResult> Blocks(Plan plan, ChecklistView? view, StageKind stage) =>
        [.. All(plan, view, stage).Select(static word => word.Result)];

    /// <summary>The ids of the steps, dependencies and rows that hold a stage; see <see cref="Blocks(Plan, ChecklistView?, StageId)"/>.</summary>
    public static ImmutableArray<string> HeldBy(Plan plan, ChecklistView? view, StageKind stage) =>
        [.. All(plan, view, stage).Where(static word => word.Result.Verdict != GuardVerdict.Holds).Select(static word => word.Id)];

    /// <summary>
    /// What the change set of a stage was judged by, so that an apply notices evidence that moved; null where the stage waits for no step or
    /// the plan keeps no answers.
    /// </summary>
    public static ChangeSetInput? InputOf(ChecklistView? view, StageId stage)
    {
        var waited = view is null ? [] : Waited(view, KindOf(stage)).ToList();
        if (waited.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var opinion in waited)
        {
            text.Append(opinion.Item.Id).Append(' ').Append(opinion.Standing).Append('\n').Append(JsonSerializer.Serialize(
                new string?[] { opinion.Answer?.Owner, opinion.Answer?.Date?.ToString("O", CultureInfo.InvariantCulture), opinion.Answer?.Reason }
                    .Concat((opinion.Answer?.Evidence ?? []).SelectMany(static evidence => new string?[] { evidence.Text, evidence.Link?.OriginalString })))).Append('\n');
            foreach (var file in FilesOf(opinion.Answer))
            {
                text.Append(' ').Append(file.File).Append(' ').Append(view!.Files.GetValueOrDefault(file.File!)).Append('\n');
            }
        }

        return new ChangeSetInput(
            "checklist", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))), waited.Count);
    }

    private static IEnumerable<(string Id, GuardResult Result)> All(Plan plan, ChecklistView? view, StageKind stage) =>
        Steps(view, stage).Concat(Dependencies(plan, stage)).Concat(Services(plan, view, stage));

    private static StageKind KindOf(StageId stage) =>
        stage == StageId.Prepare ? StageKind.Prepare
        : stage == StageId.Migrate ? StageKind.Migrate
        : stage >= StageId.CutOver ? StageKind.CutOver // what holds the cut-over holds what comes behind it
        : StageKind.Rollout;

    private static ItemOpinion Judge(ChecklistItem item, ChecklistView? view)
    {
        var answer = view?.Answers.Items.FirstOrDefault(one => one.Id == item.Id);
        return answer switch
        {
            null or { State: ItemState.Open } => new(item, answer, ItemStanding.Open, null),
            { State: ItemState.NotApplicable } => new(item, answer, ItemStanding.NotApplicable, null),
            _ => Evidenced(item, answer, view!),
        };
    }

    private static ItemOpinion Evidenced(ChecklistItem item, ItemAnswer answer, ChecklistView view)
    {
        var standing = ItemStanding.Done;
        string? why = null;
        foreach (var evidence in FilesOf(answer))
        {
            var (found, reason) = view.Files.GetValueOrDefault(evidence.File!) switch
            {
                EvidenceFile.Hashed hashed when hashed.Sha256.Equals(evidence.Sha256, StringComparison.OrdinalIgnoreCase) => (ItemStanding.Done, (string?)null),
                EvidenceFile.Hashed => (ItemStanding.Changed, $"{evidence.File} is not the file whose sha256 was noted"),
                EvidenceFile.Unread unread => (ItemStanding.Unknown, $"{evidence.File} could not be read: {unread.Why}"),
                _ => (ItemStanding.Unknown, $"{evidence.File} was not looked at"),
            };
            if (found > standing)
            {
                (standing, why) = (found, reason);
            }
        }

        return new(item, answer, standing, why);
    }

    private static IEnumerable<Evidence> FilesOf(ItemAnswer? answer) => answer?.Evidence.Where(static evidence => evidence.File is not null) ?? [];

    private static IEnumerable<ItemOpinion> Waited(ChecklistView view, StageKind stage) =>
        Judge(view).Where(opinion => opinion.Item.Blocks is { } first && first <= stage);

    private static IEnumerable<(string Id, GuardResult Result)> Steps(ChecklistView? view, StageKind stage)
    {
        if (view is null)
        {
            yield break;
        }

        var settled = 0;
        foreach (var opinion in Waited(view, stage))
        {
            var name = $"\"{opinion.Item.Title}\" ({opinion.Item.Id}; guide: {opinion.Item.Section})";
            switch (opinion.Standing)
            {
                case ItemStanding.Open:
                    yield return Result(opinion.Item.Id, ChecklistDiagnostics.ItemOpen, GuardVerdict.Refuses,
                        $"The step {name} is open. {opinion.Item.Do} Then answer it with owner, date and evidence.");
                    break;
                case ItemStanding.Unknown:
                    yield return Result(opinion.Item.Id, ChecklistDiagnostics.EvidenceUnread, GuardVerdict.Unknown,
                        $"The step {name} is answered as done, but {opinion.Why}. What cannot be read proves nothing: put the file back, or answer anew.");
                    break;
                case ItemStanding.Changed:
                    yield return Result(opinion.Item.Id, ChecklistDiagnostics.EvidenceChanged, GuardVerdict.Refuses,
                        $"The step {name} is answered as done, but {opinion.Why}. Find out why it changed; answer anew with the hash of what is there.");
                    break;
                default:
                    settled++;
                    break;
            }
        }

        if (settled > 0)
        {
            yield return Result("steps", ChecklistDiagnostics.ItemOpen, GuardVerdict.Holds, string.Create(
                CultureInfo.InvariantCulture, $"{settled} steps of the guide that this stage waits for are done or do not apply."));
        }
    }

    private static IEnumerable<(string Id, GuardResult Result)> Dependencies(Plan plan, StageKind stage)
    {
        var waited = plan.Dependencies.Where(dependency => dependency.Blocks.Contains(stage)).ToList();
        foreach (var open in waited.Where(static dependency => dependency.Status != DependencyStatus.Done))
        {
            var due = open.Due is { } day ? string.Create(CultureInfo.InvariantCulture, $", due {day:yyyy-MM-dd}") : "";
            yield return Result(open.Id, ChecklistDiagnostics.DependencyOpen, GuardVerdict.Refuses,
                $"The dependency {open.Id} still leans on MFA Server ({(open.Status == DependencyStatus.Open ? "open" : "in progress")}{due}), and the plan says that "
                + "it holds this stage. Move it, then set its status to done.");
        }

        if (waited.Count > 0 && waited.TrueForAll(static dependency => dependency.Status == DependencyStatus.Done))
        {
            yield return Result("dependencies", ChecklistDiagnostics.DependencyOpen, GuardVerdict.Holds, string.Create(
                CultureInfo.InvariantCulture, $"{waited.Count} dependencies that hold this stage are done."));
        }
    }

    /// <summary>"Once you've moved all of your authentication services off of MFA Server, it's time to update your domain federation settings": the guide.</summary>
    private static IEnumerable<(string Id, GuardResult Result)> Services(Plan plan, ChecklistView? view, StageKind stage)
    {
        if (view is null || stage != StageKind.CutOver)
        {
            yield break;
        }

        foreach (var row in GuideData.Rows.Where(static row => row.Table == GuideTable.Services))
        {
            switch (view.Answers.Rows.FirstOrDefault(one => one.Id == row.Id)?.Answer)
            {
                case null:
                    yield return Result(row.Id, ChecklistDiagnostics.ServiceNotCleared, GuardVerdict.Refuses,
                        $"Nobody said whether {row.Name} ({row.Id}) are in use on MFA Server. Answer the row: used or notUsed.");
                    break;
                case RowUse.Used when !plan.Dependencies.Any(dependency => row.Dependencies.Contains(dependency.Kind)):
                    yield return Result(row.Id, ChecklistDiagnostics.ServiceNotCleared, GuardVerdict.Refuses,
                        $"{row.Name} ({row.Id}) are in use on MFA Server, and the plan lists no dependency of that kind. List what uses them.");
                    break;
                default:
                    // A dependency that the plan itself lets block the stage says so by its own code.
                    var open = plan.Dependencies.Where(dependency => row.Dependencies.Contains(dependency.Kind)
                        && dependency.Status != DependencyStatus.Done && !dependency.Blocks.Contains(StageKind.CutOver)).Select(static dependency => dependency.Id).ToList();
                    if (open.Count > 0)
                    {
                        yield return Result(row.Id, ChecklistDiagnostics.ServiceNotCleared, GuardVerdict.Refuses,
                            $"{row.Name} ({row.Id}) still lean on MFA Server: {string.Join(", ", open)}. Move what uses them, and set the status to done.");
                    }

                    break;
            }
        }
    }

    private static (string Id, GuardResult Result) Result(string id, DiagnosticDescriptor guard, GuardVerdict verdict, string message) =>
        (id, new(guard.Code, verdict, message));
}
