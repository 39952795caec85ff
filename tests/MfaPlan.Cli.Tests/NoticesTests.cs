using System.Text.Json.Nodes;
using MfaPlan.Cli.Rendering;

namespace MfaPlan.Cli.Tests;

/// <summary>Texts for users and help desk, from what a preview or an apply found.</summary>
public sealed class NoticesTests
{
    private const string Sample = "plans/samples/assess";

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task Every_outcome_has_a_text_for_users_and_one_for_the_help_desk(string language)
    {
        using var cli = Cli.In(Sample);
        (await cli.SandboxAsync("preview", "plan.yaml")).Exit.ShouldBe(0);

        var ran = await cli.RunAsync("notices", "plan.yaml", "--language", language, "--out", "notices");

        ran.Exit.ShouldBe(0, ran.Error);
        foreach (var path in Directory.EnumerateFiles(cli.PathOf("notices")).Order(StringComparer.Ordinal))
        {
            var text = await File.ReadAllTextAsync(path);
            text.ShouldNotContain("{{");
            text.ShouldNotContain("\r");
            text.ShouldNotContain("\n\n\n");
            text.All(static c => c == '\n' || !char.IsControl(c)).ShouldBeTrue(path);
            text.Split('\n').ShouldAllBe(static line => line == line.TrimEnd());
            Golden.ShouldMatch(text, $"{Sample}/expected/notices/{(path.EndsWith(".csv", StringComparison.Ordinal) ? $"recipients.{language}.csv" : Path.GetFileName(path))}");
        }

        Directory.GetFiles(cli.PathOf("notices"), "*.txt").Length.ShouldBe(10);
        (await File.ReadAllTextAsync(cli.PathOf("notices/recipients.csv"))).ShouldNotContain("alice@");
    }

    [Fact]
    public async Task Of_a_wave_only_its_members_are_told_and_who_was_not_migrated_is_missing()
    {
        using var cli = Cli.In(Sample);
        (await cli.SandboxAsync("preview", "plan.yaml")).Exit.ShouldBe(0);

        var ran = await cli.SandboxAsync("notices", "plan.yaml", "--wave", "pilot", "--out", "notices", "--reveal");

        ran.Exit.ShouldBe(4, ran.Error);
        ran.Out.ShouldContain("1 of the wave in no change set");
        var recipients = await File.ReadAllTextAsync(cli.PathOf("notices/recipients.csv"));
        recipients.ShouldContain("bob@contoso.com,00000000-0000-4000-8000-000000000002,mustRegister,mustRegister.users.en.txt");
        recipients.ShouldContain("dave@contoso.com");
        recipients.ShouldNotContain("alice");
        recipients.ShouldNotContain("carol");
        (await File.ReadAllTextAsync(cli.PathOf("notices/mustRegister.helpdesk.en.txt"))).ShouldContain("Wave: pilot");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(cli.PathOf("notices/recipients.csv")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task After_the_apply_and_another_preview_users_are_told_the_same()
    {
        using var cli = Cli.In(Sample);
        (await cli.SandboxAsync("preview", "plan.yaml", "--stage", "migrate")).Exit.ShouldBe(0);
        (await cli.RunAsync("notices", "plan.yaml", "--out", "before", "--reveal")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "migrate")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("preview", "plan.yaml", "--stage", "migrate")).Exit.ShouldBe(0);

        var ran = await cli.RunAsync("notices", "plan.yaml", "--out", "after", "--reveal", "--json");

        ran.Exit.ShouldBe(0, ran.Error);
        JsonNode.Parse(ran.Out)!["changeSets"]!.AsArray().Count.ShouldBe(2);
        (await File.ReadAllTextAsync(cli.PathOf("after/recipients.csv"))).ShouldBe(await File.ReadAllTextAsync(cli.PathOf("before/recipients.csv")));
    }

    [Fact]
    public async Task A_run_that_was_rolled_back_whole_tells_nobody_anything()
    {
        using var cli = Cli.In(Sample);
        var plan = await File.ReadAllTextAsync(cli.PathOf("plan.yaml"));
        await File.WriteAllTextAsync(
            cli.PathOf("plan.yaml"), plan.Replace("defaultMethod: ifNotSet", "defaultMethod: leave", StringComparison.Ordinal) + "limits: { noMethod: 5 }\n");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "migrate")).Exit.ShouldBe(0);
        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes");
        (await cli.SandboxAsync("preview", "plan.yaml")).Exit.ShouldBe(0);

        var ran = await cli.RunAsync("notices", "plan.yaml", "--json");

        back.Exit.ShouldBe(0, back.Error + back.Out);
        ran.Exit.ShouldBe(0, ran.Error);
        JsonNode.Parse(ran.Out)!["changeSets"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Own_templates_take_the_place_of_those_of_the_same_name()
    {
        using var cli = Cli.In(Sample);
        (await cli.SandboxAsync("preview", "plan.yaml")).Exit.ShouldBe(0);
        Directory.CreateDirectory(cli.PathOf("own"));
        await File.WriteAllTextAsync(
            cli.PathOf("own/mustRegister.users.en.txt"), "{{ plan }}: {{ users }} until {{ deadline }}, phones until {{ phones_end }}\n", TestContext.Current.CancellationToken);

        var ran = await cli.RunAsync("notices", "plan.yaml", "--templates", "own", "--out", "notices");

        ran.Exit.ShouldBe(0, ran.Error);
        (await File.ReadAllTextAsync(cli.PathOf("notices/mustRegister.users.en.txt"))).ShouldBe("assess: 1 until 2027-01-15, phones until 2027-02-01\n");
        (await File.ReadAllTextAsync(cli.PathOf("notices/mustRegister.helpdesk.en.txt"))).ShouldContain("Temporary Access Pass");
    }

    [Fact]
    public async Task A_broken_template_leaves_nothing_behind_and_names_line_and_column()
    {
        using var cli = Cli.In(Sample);
        (await cli.SandboxAsync("preview", "plan.yaml")).Exit.ShouldBe(0);
        Directory.CreateDirectory(cli.PathOf("own"));
        await File.WriteAllTextAsync(cli.PathOf("own/keeps.helpdesk.en.txt"), "Hello,\nby {{ deadlin }}\n", TestContext.Current.CancellationToken);

        var ran = await cli.RunAsync("notices", "plan.yaml", "--templates", "own", "--out", "notices");

        ran.Exit.ShouldBe(1);
        ran.Error.ShouldContain("keeps.helpdesk.en.txt cannot be carried out, line 2, column 7");
        Directory.Exists(cli.PathOf("notices")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_text_that_nobody_gets_any_more_is_taken_away_and_files_of_others_stay()
    {
        using var cli = Cli.In(Sample);
        (await cli.SandboxAsync("preview", "plan.yaml")).Exit.ShouldBe(0);
        (await cli.RunAsync("notices", "plan.yaml", "--out", "notices")).Exit.ShouldBe(0);
        await File.WriteAllTextAsync(cli.PathOf("notices/mine.txt"), "mine", TestContext.Current.CancellationToken);

        (await cli.SandboxAsync("notices", "plan.yaml", "--wave", "pilot", "--out", "notices")).Exit.ShouldBe(4);

        File.Exists(cli.PathOf("notices/keeps.users.en.txt")).ShouldBeFalse();
        File.Exists(cli.PathOf("notices/mustRegister.users.en.txt")).ShouldBeTrue();
        File.Exists(cli.PathOf("notices/mine.txt")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("alice@contoso.com", "alice@contoso.com")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\ufffd=1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("=a\"b", "\"'=a\"\"b\"")]
    [InlineData("a\nb", "a\ufffdb")]
    [InlineData("", "")]
    public void A_cell_is_no_formula_and_stays_one_cell(string value, string cell) => RecipientsCsv.Cell(value).ShouldBe(cell);
}
