using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Text;
using Newtonsoft.Json.Linq;

namespace MfaPlan.Core.Checklists;

/// <summary>What answers of the right structure may still get wrong.</summary>
/// <param name="places">Where tokens stand.</param>
/// <param name="root">The document.</param>
/// <param name="answers">The answers made from it.</param>
internal sealed class AnswersMeaning(Places places, JToken root, Answers answers)
{
    private readonly List<Diagnostic> _problems = [];

    /// <summary>Every problem in the meaning.</summary>
    public IEnumerable<Diagnostic> Check()
    {
        CheckIds("items", [.. answers.Items.Select(static item => item.Id)], [.. GuideData.Items.Select(static item => item.Id)], "checklist");
        CheckIds("rows", [.. answers.Rows.Select(static row => row.Id)], [.. GuideData.Rows.Select(static row => row.Id)], "guide's tables");
        for (var i = 0; i < answers.Items.Length; i++)
        {
            CheckItem($"items[{i}]", answers.Items[i]);
        }

        for (var i = 0; i < answers.Rows.Length; i++)
        {
            if (answers.Rows[i] is { Answer: RowUse.NotUsed, Count: > 0 } or { Answer: RowUse.Used, Count: 0 })
            {
                Report(ChecklistDiagnostics.Contradiction, $"rows[{i}].count",
                    "The answer and the count say different things: what is used is used by one at least, and what is not by none.");
            }
        }

        return _problems;
    }

    private void CheckIds(string list, IReadOnlyList<string> ids, IReadOnlyList<string> known, string where)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if (!known.Contains(ids[i], StringComparer.Ordinal))
            {
                var hint = Nearest.To(ids[i], known) is { } near ? $"Did you mean \"{near}\"?" : $"Known: {string.Join(", ", known)}.";
                Report(ChecklistDiagnostics.UnknownId, $"{list}[{i}].id", $"There is no such id in the {where}. {hint}");
            }
            else if (ids.Take(i).Contains(ids[i], StringComparer.Ordinal))
            {
                Report(PlanDiagnostics.DuplicateName, $"{list}[{i}].id", "It is answered above already, and only one answer could count. Take one out.");
            }
        }
    }

    private void CheckItem(string path, ItemAnswer item)
    {
        for (var i = 0; i < item.Evidence.Length; i++)
        {
            CheckEvidence($"{path}.evidence[{i}]", item.Evidence[i]);
        }

        if (item is { State: not ItemState.NotApplicable, Reason: not null })
        {
            Report(ChecklistDiagnostics.Contradiction, $"{path}.reason", "A reason belongs to state: notApplicable. Take it out, or change the state.");
        }

        if (item.State == ItemState.Open)
        {
            return;
        }

        var missing = new List<string>();
        if (item.Owner is null)
        {
            missing.Add("an owner, who answers for it");
        }

        if (item.Date is null)
        {
            missing.Add("a date");
        }

        if (item is { State: ItemState.NotApplicable, Reason: null })
        {
            missing.Add("a reason why the step does not apply");
        }

        if (item.State == ItemState.Done && item.Evidence.IsEmpty)
        {
            missing.Add("evidence: a text, a link or a file with its sha256");
        }
        else if (item.State == ItemState.Done && GuideData.Items.FirstOrDefault(known => known.Id == item.Id) is { NeedsFile: true }
            && item.Evidence.All(static evidence => evidence.File is null))
        {
            missing.Add("a file with its sha256 among the evidence");
        }

        if (missing.Count > 0)
        {
            Report(ChecklistDiagnostics.Incomplete, $"{path}.state", $"To count, the answer also needs {string.Join(", and ", missing)}. Until then leave it open.");
        }
    }

    private void CheckEvidence(string path, Evidence evidence)
    {
        var given = (evidence.Text is null ? 0 : 1) + (evidence.Link is null ? 0 : 1) + (evidence.File is null ? 0 : 1);
        if (given != 1)
        {
            Report(PlanDiagnostics.ExactlyOne, path, $"Exactly one of text, link, file is needed; {(given == 0 ? "none" : "more than one")} is given.");
        }
        else if (evidence.File is null != evidence.Sha256 is null)
        {
            Report(ChecklistDiagnostics.Incomplete, path, evidence.File is null
                ? "A sha256 belongs to a file. Name the file, or take the hash out."
                : "A file needs its sha256: without it nobody could tell later whether it is still the same file.");
        }
    }

    private void Report(DiagnosticDescriptor descriptor, string path, string message) =>
        _problems.Add(places.Report(descriptor, root.SelectToken(path), message));
}
