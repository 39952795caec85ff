using System.Text.RegularExpressions;

namespace MfaPlan.Architecture.Tests;

/// <summary>docs/threat-model.md may say that something is stopped only where a test shows it.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Golden.RepositoryRoot, "docs", "threat-model.md"));

    [Fact]
    public void Every_line_that_says_that_something_is_stopped_names_a_test() =>
        Stops().ShouldAllBe(static line => Named().IsMatch(line));

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var tests = Tests();

        var named = Named().Matches(Page).Select(static match => match.Groups["it"].Value).Distinct(StringComparer.Ordinal).ToList();

        named.Count.ShouldBeGreaterThan(25);
        named.Where(name => !tests.Contains(name)).ShouldBeEmpty();
    }

    private static List<string> Stops()
    {
        var lines = Page.ReplaceLineEndings("\n").Split('\n').Where(static line => line.StartsWith("* **stops**", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBeGreaterThan(20);
        return lines;
    }

    /// <summary>Every test method as Class.Method, by the text of the sources.</summary>
    private static HashSet<string> Tests()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var tests = Path.Combine(Golden.RepositoryRoot, "tests");
        foreach (var file in Directory.EnumerateFiles(tests, "*Tests.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(tests, "*Contract.cs", SearchOption.AllDirectories)))
        {
            var text = File.ReadAllText(file);
            foreach (Match method in Method().Matches(text))
            {
                found.Add($"{Path.GetFileNameWithoutExtension(file)}.{method.Groups["it"].Value}");
            }
        }

        return found;
    }

    [GeneratedRegex(@"`(?<it>[A-Za-z]+(Tests|Contract)\.[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\[(Fact|Theory)[^\]]*\](\s*\[[^\n]*\]\n)*\s*public (async Task|void|static async Task) (?<it>[A-Za-z0-9_]+)\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Method();
}
