using System.Text.RegularExpressions;
using MfaPlan.Core.Diagnostics;
using MfaPlan.State;

namespace MfaPlan.Cli.Tests;

public sealed partial class ExplainTests
{
    [Fact]
    public async Task Every_code_that_the_sources_name_has_a_page_that_explain_shows()
    {
        using var cli = Cli.In("plans/samples/contoso");
        var codes = Directory.EnumerateFiles(Path.Combine(Golden.RepositoryRoot, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(static file => Codes().Matches(File.ReadAllText(file)).Select(static match => match.Groups["code"].Value))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        codes.Count.ShouldBeGreaterThan(100);

        foreach (var code in codes)
        {
            var ran = await cli.RunAsync("explain", code);

            ran.Exit.ShouldBe(0, ran.Error);
            ran.Out.ShouldStartWith(code);
            ran.Out.Trim().Split('\n').Length.ShouldBeGreaterThan(2);
        }
    }

    [Fact]
    public async Task A_page_has_the_title_of_its_code()
    {
        using var cli = Cli.In("plans/samples/contoso");

        foreach (var descriptor in DiagnosticCatalog.All.Concat(StateDiagnosticsOf()))
        {
            (await cli.RunAsync("explain", descriptor.Code.ToLowerInvariant())).Out.ShouldStartWith($"{descriptor.Code} {descriptor.Title}\n");
        }
    }

    private static IEnumerable<DiagnosticDescriptor> StateDiagnosticsOf() => typeof(StateDiagnostics).GetFields()
        .Select(static field => field.GetValue(null)).OfType<DiagnosticDescriptor>();

    [GeneratedRegex("\"(?<code>MFP[0-9]{4})\"")]
    private static partial Regex Codes();
}
