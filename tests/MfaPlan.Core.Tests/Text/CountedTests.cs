using System.Text.RegularExpressions;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Tests.Text;

public sealed partial class CountedTests
{
    [Theory]
    [InlineData(0, "0 users")]
    [InlineData(1, "1 user")]
    [InlineData(2, "2 users")]
    [InlineData(12_000, "12000 users")]
    public void One_is_no_plural(long number, string expected) => Counted.Of(number, "user").ShouldBe(expected);

    [Theory]
    [InlineData(0, "0 entries are")]
    [InlineData(1, "1 entry is")]
    [InlineData(3, "3 entries are")]
    public void A_verb_goes_with_its_number(long number, string expected) => Counted.Of(number, "entry is", "entries are").ShouldBe(expected);

    /// <summary>What people read in the samples and scenarios; a list of labels with a column of numbers is none of it.</summary>
    [Fact]
    public void No_expected_output_counts_one_of_several()
    {
        var texts = Directory.EnumerateFiles(Path.Combine(Golden.RepositoryRoot, "plans"), "*", SearchOption.AllDirectories)
            .Where(static path => Path.GetFileName(path) == "expected.txt" || Path.GetFileName(Path.GetDirectoryName(path)) == "expected").ToList();

        texts.Count.ShouldBeGreaterThan(150);
        texts.SelectMany(static path => OneOfSeveral().Matches(File.ReadAllText(path)).Select(match => $"{path}: {match.Value}")).ShouldBeEmpty();
    }

    [GeneratedRegex(@"(?<![0-9.,:+•-])\b1 (more )?(users|changes|rows|units|records|settings|values|administrators|guests|cells|devices|entries|tokens|parts|phones|lines)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneOfSeveral();
}
