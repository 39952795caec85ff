using MfaPlan.Core.Checklists;
using Scriban.Runtime;
using static MfaPlan.Cli.Rendering.HtmlPage;

namespace MfaPlan.Cli.Rendering;

/// <summary>An assessment as one HTML file that loads nothing and runs no script.</summary>
internal static class AssessmentHtml
{
    /// <summary>The whole report.</summary>
    public static string Render(Assessment assessment) => HtmlPage.Render("assess.html", new ScriptObject(StringComparer.Ordinal)
    {
        ["plan"] = PlainText.Of(assessment.Plan),
        ["verdict"] = assessment.IsClear ? "CLEAR" : "OPEN",
        ["verdict_class"] = assessment.IsClear ? "APPLY" : "UNKNOWN",
        ["counts"] = AssessmentText.Counts(assessment),
        ["source"] = AssessmentText.Source(assessment.Counts),
        ["reviewed"] = GuideData.Reviewed,
        ["tables"] = List(Enum.GetValues<GuideTable>().Select(table => Row(
            ("section", GuideData.SectionOf(table)),
            ("link", GuideData.LinkOf(table).AbsoluteUri),
            ("rows", List(assessment.Rows.Where(row => row.Row.Table == table).Select(RowOf)))))),
        ["dependencies"] = List(assessment.Dependencies.Select(static dependency => Row(
            ("status", AssessmentText.WordOf(dependency.Status)), ("what", PlainText.Of(AssessmentText.Of(dependency)))))),
        ["steps"] = List(assessment.Steps.Select(static step => Row(
            ("standing", AssessmentText.WordOf(step.Standing)), ("id", step.Item.Id), ("what", PlainText.Of(AssessmentText.Of(step)))))),
    });

    private static ScriptObject RowOf(AssessedRow row) => Row(
        ("id", row.Row.Id),
        ("name", row.Row.Name),
        ("found", PlainText.Of(row.Found)),
        ("verdict", Assessment.WordOf(row.Verdict)),
        ("severity", row.Verdict switch { RowVerdict.Blocking => "Error", RowVerdict.NotAnswered => "unknown", _ => "" }),
        ("equivalent", row.Row.Equivalent),
        ("next", PlainText.Of(string.Join(' ', new[] { row.Next, row.Row.Note }.OfType<string>()))));
}
