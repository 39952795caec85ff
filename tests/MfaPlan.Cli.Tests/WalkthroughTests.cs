using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests;

/// <summary>docs/walkthrough.md: a company of 12,000 goes the whole road by the commands of the page alone.</summary>
public sealed partial class WalkthroughTests
{
    [Fact]
    public async Task The_whole_road_is_as_the_page_shows_it()
    {
        using var cli = Cli.Nowhere();
        var folder = cli.Folder;
        var page = new ConsolePage("docs/walkthrough.md", text => Counts().Replace(text.Replace(folder, "FOLDER", StringComparison.Ordinal), "N"));

        await page.ShouldBeTrueAsync(cli);

        foreach (var (command, took) in page.Commands.Where(static command => command.Took > TimeSpan.FromSeconds(1)))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{took.TotalSeconds,6:0.0}s  {command}");
        }

        page.Commands.Count.ShouldBeGreaterThan(80);
    }

    /// <summary>The rules' version is another page's business; where the journal's segments end depends on how lines were grouped.</summary>
    [GeneratedRegex("(?<=by mfaplan [0-9.]+, rules |^files +|^journal +)[0-9]+", RegexOptions.Multiline)]
    private static partial Regex Counts();
}
