using System.Globalization;
using System.Text;
using MfaPlan.Core.Checklists;

namespace MfaPlan.Cli.Rendering;

/// <summary>An assessment as Markdown.</summary>
internal static class AssessmentMarkdown
{
    /// <summary>The whole report.</summary>
    public static string Render(Assessment assessment)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {MarkdownReport.Cell(assessment.Plan)}: what still depends on MFA Server: {(assessment.IsClear ? "CLEAR" : "OPEN")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{AssessmentText.Counts(assessment)}. Source: {AssessmentText.Source(assessment.Counts)}. Guide as of {GuideData.Reviewed}.\n");
        foreach (var table in Enum.GetValues<GuideTable>())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## [{GuideData.SectionOf(table)}]({GuideData.LinkOf(table)})\n\n");
            text.Append("| Feature | Found | Verdict | Microsoft Entra | Next |\n| --- | --- | --- | --- | --- |\n");
            foreach (var row in assessment.Rows.Where(row => row.Row.Table == table))
            {
                var next = string.Join(' ', new[] { row.Next, row.Row.Note }.OfType<string>());
                text.Append(CultureInfo.InvariantCulture,
                    $"| {Cell(row.Row.Name)} `{row.Row.Id}` | {Cell(row.Found)} | {Assessment.WordOf(row.Verdict)} | {Cell(row.Row.Equivalent)} | {Cell(next)} |\n");
            }
        }

        text.Append("\n## Dependencies\n\n| Status | Dependency |\n| --- | --- |\n");
        foreach (var dependency in assessment.Dependencies)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {AssessmentText.WordOf(dependency.Status)} | {Cell(AssessmentText.Of(dependency))} |\n");
        }

        text.Append("\n## Steps by hand\n\n| Standing | Step | |\n| --- | --- | --- |\n");
        foreach (var step in assessment.Steps)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {AssessmentText.WordOf(step.Standing)} | `{step.Item.Id}` | {Cell(AssessmentText.Of(step))} |\n");
        }

        return text.ToString();

        static string Cell(string text) => MarkdownReport.Cell(text);
    }
}
