using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Core.Checklists;

namespace MfaPlan.Cli.Rendering;

/// <summary>What <c>assess --json</c> prints.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AssessmentDocument))]
internal sealed partial class AssessmentJson : JsonSerializerContext
{
    private static readonly AssessmentJson Indented = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });

    /// <summary>The document.</summary>
    public static string Document(Assessment assessment) => JsonSerializer.Serialize(
        new AssessmentDocument(
            1,
            assessment.Plan,
            assessment.IsClear,
            GuideData.Reviewed,
            assessment.Counts,
            [.. assessment.Rows.Select(static row => new AssessmentRow(
                row.Row.Id,
                GuideData.SectionOf(row.Row.Table),
                GuideData.LinkOf(row.Row.Table),
                row.Row.Name,
                row.Found,
                AssessmentText.Word(row.Verdict),
                row.Row.Equivalent,
                row.Next,
                row.Row.Note))],
            [.. assessment.Dependencies.Select(static dependency => new AssessmentDependency(
                dependency.Id,
                AssessmentText.Word(dependency.Kind),
                dependency.Users,
                dependency.Owner,
                dependency.Target is { } target ? AssessmentText.Word(target) : null,
                AssessmentText.Word(dependency.Status),
                dependency.Due,
                [.. dependency.Blocks.Select(static stage => AssessmentText.Word(stage))]))],
            [.. assessment.Steps.Select(static step => Rendering.StepReport.Of(step))]),
        Indented.AssessmentDocument);
}

/// <summary>An assessment as it is printed.</summary>
internal sealed record AssessmentDocument(
    int Format,
    string Plan,
    bool Clear,
    string GuideReviewed,
    SourceCounts Source,
    IReadOnlyList<AssessmentRow> Rows,
    IReadOnlyList<AssessmentDependency> Dependencies,
    IReadOnlyList<StepReport> Steps);

/// <summary>A row of the guide as it is printed.</summary>
internal sealed record AssessmentRow(
    string Id, string Section, Uri Link, string Feature, string Found, string Verdict, string Equivalent, string? Next, string? Note);

/// <summary>A dependency as it is printed.</summary>
internal sealed record AssessmentDependency(
    string Id, string Kind, IReadOnlyList<string> Users, string? Owner, string? Target, string Status, DateOnly? Due, IReadOnlyList<string> Blocks);

/// <summary>A step of the guide as it is printed.</summary>
internal sealed record StepReport(
    string Id, string Title, string Section, Uri Link, string? Blocks, string Standing, string? Owner, DateOnly? Date, string? Reason, string? Problem)
{
    /// <summary>The report of an opinion.</summary>
    public static StepReport Of(ItemOpinion opinion) => new(
        opinion.Item.Id,
        opinion.Item.Title,
        opinion.Item.Section,
        opinion.Item.Link,
        opinion.Item.Blocks is { } stage ? AssessmentText.Word(stage) : null,
        AssessmentText.Word(opinion.Standing),
        opinion.Answer?.Owner,
        opinion.Answer?.Date,
        opinion.Answer?.Reason,
        opinion.Why);
}
