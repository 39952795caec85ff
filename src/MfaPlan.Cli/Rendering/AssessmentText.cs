using System.Globalization;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Plans;

namespace MfaPlan.Cli.Rendering;

/// <summary>An assessment on the screen, and the sentences that its other forms share.</summary>
internal static class AssessmentText
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, Assessment assessment)
    {
        writer.WriteLine($"{PlainText.Of(assessment.Plan)}: what still depends on MFA Server");
        writer.WriteLine($"verdict {(assessment.IsClear ? "CLEAR" : "OPEN")}  {Counts(assessment)}");
        writer.WriteLine("source  " + Source(assessment.Counts));
        foreach (var table in Enum.GetValues<GuideTable>())
        {
            writer.WriteLine();
            writer.WriteLine($"{GuideData.SectionOf(table)} ({GuideData.LinkOf(table)})");
            foreach (var row in assessment.Rows.Where(row => row.Row.Table == table))
            {
                writer.WriteLine(
                    $"  {Assessment.WordOf(row.Verdict),-13} {row.Row.Id}: {row.Row.Name} → {row.Row.Equivalent}{(row.Found.Length > 0 ? $" ({PlainText.Of(row.Found)})" : "")}");
                WriteMore(writer, row.Next);
                WriteMore(writer, row.Row.Note);
            }
        }

        writer.WriteLine();
        writer.WriteLine("Dependencies of the plan");
        foreach (var dependency in assessment.Dependencies)
        {
            writer.WriteLine($"  {WordOf(dependency.Status),-13} {PlainText.Of(Of(dependency))}");
        }

        if (assessment.Dependencies.IsEmpty)
        {
            writer.WriteLine("  none listed");
        }

        writer.WriteLine();
        writer.WriteLine("Steps by hand");
        foreach (var step in assessment.Steps)
        {
            writer.WriteLine($"  {WordOf(step.Standing),-13} {step.Item.Id}: {PlainText.Of(Of(step))}");
            WriteMore(writer, step.IsSettled ? null : step.Item.Do);
        }
    }

    /// <summary>How many rows have which verdict.</summary>
    public static string Counts(Assessment assessment) => string.Join(", ", Enum.GetValues<RowVerdict>()
        .Select(verdict => string.Create(CultureInfo.InvariantCulture, $"{assessment.Of(verdict)} {Assessment.WordOf(verdict)}")));

    /// <summary>What the source is.</summary>
    public static string Source(SourceCounts counts) => string.Create(
        CultureInfo.InvariantCulture, $"{counts.Users} records read, {counts.Damaged} that could not be read");

    /// <summary>A dependency.</summary>
    public static string Of(Dependency dependency)
    {
        var parts = new List<string> { $"{dependency.Id} ({Word(dependency.Kind)})" };
        if (!dependency.Users.IsEmpty)
        {
            parts.Add($"used by {string.Join(", ", dependency.Users)}");
        }

        if (dependency.Target is { } target)
        {
            parts.Add($"goes to {Word(target)}");
        }

        if (dependency.Owner is { } owner)
        {
            parts.Add($"owner {owner}");
        }

        if (dependency.Due is { } due)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"due {due:yyyy-MM-dd}"));
        }

        parts.Add(dependency.Blocks.IsEmpty ? "holds no stage" : $"holds {string.Join(", ", dependency.Blocks.Select(static stage => Word(stage)))}");
        return string.Join("; ", parts);
    }

    /// <summary>A step.</summary>
    public static string Of(ItemOpinion step)
    {
        var parts = new List<string> { $"{step.Item.Title} (guide: {step.Item.Section})" };
        if (step.Item.Blocks is { } stage && !step.IsSettled)
        {
            parts.Add($"holds {Word(stage)}");
        }

        if (step.Answer is { Owner: { } owner })
        {
            parts.Add($"owner {owner}");
        }

        if (step.Answer is { Date: { } date })
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}"));
        }

        if ((step.Why ?? step.Answer?.Reason) is { } why)
        {
            parts.Add(why.TrimEnd('.'));
        }

        return string.Join("; ", parts);
    }

    /// <summary>The word for a standing.</summary>
    public static string WordOf(ItemStanding standing) => standing switch
    {
        ItemStanding.Open => "open",
        ItemStanding.Done => "done",
        ItemStanding.NotApplicable => "not needed",
        ItemStanding.Unknown => "unknown",
        _ => "changed",
    };

    /// <summary>The word for a status.</summary>
    public static string WordOf(DependencyStatus status) => status switch
    {
        DependencyStatus.Open => "open",
        DependencyStatus.InProgress => "in progress",
        _ => "done",
    };

    /// <summary>A word of the plan format.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static void WriteMore(TextWriter writer, string? text)
    {
        if (text is not null)
        {
            writer.WriteLine($"                {PlainText.Of(text)}");
        }
    }
}
