using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests;

/// <summary>A small plan for each kind of source, from preview to an apply that has nothing left to do.</summary>
public sealed partial class SourceSamplesTests
{
    public static TheoryData<string> Names => [.. Samples];

    internal static ImmutableArray<string> Samples { get; } = ["records", "duo", "okta", "pingid", "devices"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Preview_tells_what_apply_does_and_a_second_apply_writes_nothing(string name)
    {
        var sample = $"plans/samples/{name}";
        using var cli = Cli.In(sample);

        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--report", "report");
        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        var again = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--record", "record.jsonl");

        preview.Exit.ShouldBe(0, preview.Error);
        preview.Error.ShouldNotContain("MFP");
        Golden.ShouldMatch(Stable(await File.ReadAllTextAsync(cli.PathOf("report/report.md"))), $"{sample}/expected/report.md");
        apply.Exit.ShouldBe(0, apply.Error);
        Golden.ShouldMatch(Stable(apply.Out), $"{sample}/expected/apply.txt");
        again.Exit.ShouldBe(0, again.Error);
        again.Out.ShouldContain("Nothing to do");
        var writes = (await File.ReadAllLinesAsync(cli.PathOf("record.jsonl"))).Select(static line => JsonNode.Parse(line)!)
            .Where(static line => (string)line["method"]! != "GET")
            .Select(static line => (string)line["path"]!)
            .Where(static path => !path.EndsWith("/$batch") && !path.EndsWith("/getByIds"));
        writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_of_devices_are_shown_only_to_whom_asks()
    {
        using var cli = Cli.In("plans/samples/devices");
        await cli.SandboxAsync("preview", "plan.yaml", "--report", "report");

        var masked = await cli.SandboxAsync("user", "plan.yaml", "alice@contoso.com");
        var revealed = await cli.SandboxAsync("user", "plan.yaml", "alice@contoso.com", "--reveal");

        masked.Out.ShouldNotContain("Phone 6");
        revealed.Out.ShouldContain("Phone 6, Phone 5, Phone 4, Phone 3, Phone 2");
        Directory.EnumerateFiles(cli.PathOf("report")).Select(File.ReadAllText).ShouldAllBe(static text => !text.Contains("Phone 6", StringComparison.Ordinal));
        Directory.EnumerateFiles(cli.PathOf(".mfaplan/changes")).Select(File.ReadAllText)
            .ShouldAllBe(static text => !text.Contains("Phone 6", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_source_brings_does_no_harm_to_screen_and_report()
    {
        using var cli = Cli.In("plans/samples/records");
        await File.AppendAllTextAsync(
            cli.PathOf("users.jsonl"),
            """
            {"format":1,"username":"frank@contoso.com","mode":"mobileApp","phone":{"countryCode":"1","number":"\u001b[2J<img src=x>"},"devices":[{"name":"\u001b]0;owned\u0007<script>alert(1)</script>[red]=1+1"}]}

            """,
            TestContext.Current.CancellationToken);

        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--reveal", "--report", "report");
        var user = await cli.SandboxAsync("user", "plan.yaml", "frank@contoso.com", "--reveal");

        preview.Exit.ShouldBe(0, preview.Error);
        user.Out.ShouldContain("owned");
        var texts = Directory.EnumerateFiles(cli.PathOf("report")).Select(File.ReadAllText).Append(preview.Out).Append(preview.Error).Append(user.Out);
        texts.ShouldAllBe(static text => !text.Contains('\u001b', StringComparison.Ordinal) && !text.Contains('\u0007', StringComparison.Ordinal));
        (await File.ReadAllTextAsync(cli.PathOf("report/report.html"), TestContext.Current.CancellationToken)).ShouldNotContain("<script>alert");
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digests();

    [GeneratedRegex(@"(?m)^Run [0-9a-f]{8}")]
    private static partial Regex Runs();

    private static string Stable(string text) => Runs().Replace(Digests().Replace(text, "DIGEST"), "Run RUN");
}
