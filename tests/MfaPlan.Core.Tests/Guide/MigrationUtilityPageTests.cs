using System.Text.RegularExpressions;
using MfaPlan.Core.Rules;

namespace MfaPlan.Core.Tests.Guide;

/// <summary>The page that puts the product beside Microsoft's tool says nothing that a test, a finding or another page does not hold.</summary>
public sealed partial class MigrationUtilityPageTests
{
    private static readonly string[] Verdicts = ["same", "differs", "not possible"];

    private static string Docs => Path.Combine(Golden.RepositoryRoot, "docs");

    private static List<string[]> Rows { get; } =
    [
        .. File.ReadLines(Path.Combine(Golden.RepositoryRoot, "docs", "migration-utility.md"))
            .Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(static line => line.Trim('|', ' ').Split('|').Select(static cell => cell.Trim()).ToArray())
            .Where(static cells => cells[^1] != "Proof"),
    ];

    public static TheoryData<string> Proofs => [.. Rows.Select(static cells => cells[^1]).Distinct(StringComparer.Ordinal)];

    [Fact]
    public void Every_row_has_a_verdict_and_a_difference_its_reason()
    {
        Rows.Count.ShouldBeGreaterThan(50);
        Rows.ShouldAllBe(static cells => cells.Length == 4);
        Rows.ShouldAllBe(static cells => Verdicts.Contains(cells[1]));
        Rows.ShouldAllBe(static cells => cells[1] == "same" || cells[2].EndsWith('.'));
        Rows.Select(static cells => cells[0]).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Proofs))]
    public void What_a_row_names_exists(string proof)
    {
        var page = proof.Split('#');
        var exists = proof switch
        {
            _ when Code().IsMatch(proof) => FindingCatalog.ByCode.ContainsKey(proof),
            _ when page[0].EndsWith(".md", StringComparison.Ordinal) => IsSection(page[0], page.ElementAtOrDefault(1)),
            _ => IsTestClass(proof),
        };

        exists.ShouldBeTrue(proof);
    }

    /// <summary>Every table of the guide that has a test class is on the page.</summary>
    [Fact]
    public void No_table_is_left_out() =>
        new[] { nameof(PhoneTableTests), nameof(AppAndTokenTableTests), nameof(SettingsTests), nameof(DefaultMethodTableTests), nameof(NumberStepsTests) }
            .Except(Rows.Select(static cells => cells[^1]), StringComparer.Ordinal).ShouldBeEmpty();

    /// <summary>Whether a test class of any project has tests; by its file, because this project does not reference the others.</summary>
    private static bool IsTestClass(string name) =>
        Directory.EnumerateFiles(Path.Combine(Golden.RepositoryRoot, "tests"), name + ".cs", SearchOption.AllDirectories)
            .Any(static path => File.ReadLines(path).Any(static line => line.Trim() is "[Fact]" or "[Theory]"));

    /// <summary>Whether a page has a section, an emphasized word or a row of a table of that name; a page alone proves nothing.</summary>
    private static bool IsSection(string page, string? section)
    {
        var path = Path.Combine(Docs, page);
        return section is not null && File.Exists(path) && File.ReadLines(path).Any(line =>
            line.Contains($"**{section}**", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith($"| {section} ", StringComparison.OrdinalIgnoreCase)
            || (line.StartsWith('#') && line.TrimStart('#', ' ').Equals(section, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("sources.md", null, false)]
    [InlineData("sources.md", "Limits", true)]
    [InlineData("sources.md", "one-time bypass", true)]
    [InlineData("sources.md", "no such section", false)]
    [InlineData("no-such-page.md", "Limits", false)]
    public void A_page_proves_a_row_by_a_section_alone(string page, string? section, bool proves) => IsSection(page, section).ShouldBe(proves);

    [GeneratedRegex("^MFP[0-9]{4}$")]
    private static partial Regex Code();
}
