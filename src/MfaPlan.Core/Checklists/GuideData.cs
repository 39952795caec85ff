using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rules;

namespace MfaPlan.Core.Checklists;

/// <summary>Microsoft's migration guide as data, with source and review date: its steps by hand and its tables.</summary>
public static class GuideData
{
    /// <summary>The steps by hand, in the guide's order.</summary>
    public static ImmutableArray<ChecklistItem> Items { get; } = RuleData.Read("checklist.json", static root =>
    {
        var guide = root.GetProperty("guide").GetString()!;
        return root.GetProperty("items").EnumerateArray().Select(item => new ChecklistItem(
            Text(item, "id")!,
            Text(item, "title")!,
            Text(item, "do")!,
            Text(item, "section")!,
            new Uri($"{guide}#{Text(item, "anchor")}"),
            Text(item, "blocks") is { } stage && stage != "nothing" ? Word<StageKind>(stage) : null,
            item.TryGetProperty("file", out var file) && file.GetBoolean())).ToImmutableArray();
    });

    /// <summary>The rows of the tables, in the guide's order.</summary>
    public static ImmutableArray<GuideRow> Rows { get; } = RuleData.Read("feature-map.json", static root =>
        root.GetProperty("rows").EnumerateArray().Select(static row => new GuideRow(
            Text(row, "id")!,
            Word<GuideTable>(Text(row, "table")!),
            Text(row, "name")!,
            Text(row, "equivalent")!,
            Word<RowVerdict>(Text(row, "used")!),
            Word<RowKnown>(Text(row, "known")!),
            Text(row, "ensure"),
            row.TryGetProperty("dependencies", out var kinds)
                ? [.. kinds.EnumerateArray().Select(static kind => Word<DependencyKind>(kind.GetString()!))]
                : [],
            Text(row, "note"))).ToImmutableArray());

    /// <summary>The day on which the data was last held against the guide.</summary>
    public static string Reviewed { get; } = RuleData.Read("feature-map.json", static root => root.GetProperty("reviewed").GetString()!);

    /// <summary>A table's section in the guide.</summary>
    public static string SectionOf(GuideTable table) => table switch
    {
        GuideTable.Methods => "MFA methods",
        GuideTable.Portal => "User portal",
        _ => "Authentication services",
    };

    /// <summary>The address of a table's section.</summary>
    public static Uri LinkOf(GuideTable table) => new(Guide + table switch
    {
        GuideTable.Methods => "#mfa-methods",
        GuideTable.Portal => "#user-portal",
        _ => "#authentication-services",
    });

    private static string Guide { get; } = RuleData.Read("feature-map.json", static root => root.GetProperty("guide").GetString()!);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static T Word<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true);
}
