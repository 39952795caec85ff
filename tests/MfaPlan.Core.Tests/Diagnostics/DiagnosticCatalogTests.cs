using System.Reflection;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Rules;

namespace MfaPlan.Core.Tests.Diagnostics;

public sealed class DiagnosticCatalogTests
{
    private static string[] Lines { get; } = File.ReadAllLines(Path.Combine(Golden.RepositoryRoot, "docs", "diagnostics.md"));

    private static string[] Headings { get; } =
        [.. Lines.Where(static line => line.StartsWith("## ", StringComparison.Ordinal)).Select(static line => line[3..])];

    /// <summary>What the core declares, whether or not the catalog has it.</summary>
    private static List<DiagnosticDescriptor> Declared { get; } =
    [
        .. typeof(DiagnosticCatalog).Assembly.GetTypes()
            .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(static field => field.FieldType == typeof(DiagnosticDescriptor) || field.FieldType == typeof(FindingKind))
            .Select(static field => field.GetValue(null))
            .Select(static value => value is FindingKind kind ? kind.Descriptor : (DiagnosticDescriptor)value!),
    ];

    [Fact]
    public void Every_code_has_a_section_under_its_own_title() => DiagnosticCatalog.All.Concat(Declared)
        .Select(static descriptor => $"{descriptor.Code} {descriptor.Title}").Except(Headings, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Sections_stand_in_order_and_none_twice()
    {
        var codes = Headings.Select(static heading => heading[..7]).ToList();

        codes.ShouldBe(codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_section_says_something()
    {
        for (var i = 0; i < Lines.Length; i++)
        {
            if (Lines[i].StartsWith("## ", StringComparison.Ordinal))
            {
                Lines[i + 1].ShouldBe("", Lines[i]);
                Lines[i + 2].Length.ShouldBeGreaterThan(20, Lines[i]);
            }
        }
    }

    [Fact]
    public void No_two_descriptors_share_a_code() =>
        Declared.GroupBy(static descriptor => descriptor.Code, StringComparer.Ordinal).Where(static group => group.Count() > 1).ShouldBeEmpty();

    [Fact]
    public void The_catalog_misses_none()
    {
        Declared.Count.ShouldBeGreaterThan(100);
        Declared.Except(DiagnosticCatalog.All).ShouldBeEmpty();
    }

    [Fact]
    public void Titles_are_a_few_words_without_a_full_stop() =>
        DiagnosticCatalog.All.ShouldAllBe(static descriptor => descriptor.Title.Length <= 50 && !descriptor.Title.EndsWith('.'));
}
