using System.Text.Json.Nodes;

namespace MfaPlan.Cli.Tests;

/// <summary>The guide's tables and steps over the sample that has answers to them.</summary>
public sealed class AssessTests
{
    private const string Sample = "plans/samples/assess";

    [Fact]
    public async Task Assess_goes_through_the_guide_row_by_row_and_asks_no_tenant()
    {
        using var cli = Cli.In(Sample);

        var ran = await cli.RunAsync("assess", "plan.yaml", "--report", "report");

        ran.Exit.ShouldBe(4, ran.Error);
        Golden.ShouldMatch(ran.Out, $"{Sample}/expected/assess.txt");
        Golden.ShouldMatch(await File.ReadAllTextAsync(cli.PathOf("report/assess.md")), $"{Sample}/expected/assess.md");
        Golden.ShouldMatch(await File.ReadAllTextAsync(cli.PathOf("report/assess.html")), $"{Sample}/expected/assess.html");
        Golden.ShouldMatch(await File.ReadAllTextAsync(cli.PathOf("report/assess.json")), $"{Sample}/expected/assess.json");
        Directory.Exists(cli.PathOf(".mfaplan")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_documentation_shows_what_the_program_prints()
    {
        using var cli = Cli.In(Sample);
        var page = await File.ReadAllTextAsync(Path.Combine(Golden.RepositoryRoot, "docs", "assess.md"));

        var assess = (await cli.RunAsync("assess", "plan.yaml")).Out;
        var status = (await cli.RunAsync("status", "plan.yaml")).Out;

        foreach (var line in Shown(page, "assess").Concat(Shown(page, "status")))
        {
            (assess + status).Split('\n').ShouldContain(line);
        }
    }

    [Fact]
    public async Task Assess_is_done_when_all_is_answered_and_nothing_blocks()
    {
        using var cli = Cli.In(Sample);
        var open = JsonNode.Parse((await cli.RunAsync("assess", "plan.yaml", "--json")).Out)!;
        var unanswered = open["rows"]!.AsArray().Where(static row => row!["verdict"]!.GetValue<string>() == "notAnswered").Select(static row => row!["id"]!.GetValue<string>());
        await File.AppendAllLinesAsync(cli.PathOf("answers.yaml"), unanswered.Select(static id => $"  - {{ id: {id}, answer: notUsed }}"), TestContext.Current.CancellationToken);
        var plan = await File.ReadAllTextAsync(cli.PathOf("plan.yaml"));
        await File.WriteAllTextAsync(cli.PathOf("plan.yaml"), plan.Replace("inProgress", "done", StringComparison.Ordinal));

        var ran = await cli.RunAsync("assess", "plan.yaml", "--json");

        ran.Exit.ShouldBe(0, ran.Out);
        JsonNode.Parse(ran.Out)!["clear"]!.GetValue<bool>().ShouldBeTrue();
        open["clear"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Text_of_others_takes_no_effect_in_a_report()
    {
        using var cli = Cli.In(Sample);
        var plan = await File.ReadAllTextAsync(cli.PathOf("plan.yaml"));
        await File.WriteAllTextAsync(
            cli.PathOf("plan.yaml"), plan.Replace("owner: network@contoso.com", "owner: \"<script>alert(1)</script> | [x](http://x) `y`\"", StringComparison.Ordinal));

        (await cli.RunAsync("assess", "plan.yaml", "--report", "report")).Exit.ShouldBe(4);

        var html = await File.ReadAllTextAsync(cli.PathOf("report/assess.html"));
        html.ShouldNotContain("<script");
        html.ShouldContain("&lt;script&gt;");
        (await File.ReadAllTextAsync(cli.PathOf("report/assess.md"))).ShouldContain("\\<script\\>alert(1)\\</script\\> \\| \\[x\\](http://x) \\`y\\`");
    }

    [Fact]
    public async Task Status_shows_the_steps_and_what_holds_which_stage_before_and_after_a_run()
    {
        using var cli = Cli.In(Sample);

        var before = await cli.RunAsync("status", "plan.yaml");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "migrate")).Exit.ShouldBe(0);
        var after = await cli.RunAsync("status", "plan.yaml");
        var json = JsonNode.Parse((await cli.RunAsync("status", "plan.yaml", "--json")).Out)!;
        File.Delete(cli.PathOf("evidence/PhoneFactor.pfdata"));
        var gone = await cli.RunAsync("status", "plan.yaml");

        string[] lines =
        [
            "steps    4 done, 1 do not apply, 6 open; next: adfsVersion, \"AD FS on Windows Server 2016 or later\" (guide: Limitations and requirements)",
            "held     rollout by adfsVersion, usersInformed",
        ];
        lines.ShouldAllBe(line => before.Out.Contains(line, StringComparison.Ordinal) && after.Out.Contains(line, StringComparison.Ordinal), before.Out + after.Out);
        (json["checklist"]!["done"]!.GetValue<int>(), json["checklist"]!["open"]!.GetValue<int>()).ShouldBe((4, 6));
        json["checklist"]!["steps"]!.AsArray().Count.ShouldBe(11);
        json["held"]!.AsArray().ShouldHaveSingleItem()!["stage"]!.GetValue<string>().ShouldBe("rollout");
        gone.Out.ShouldContain("evidence backup: evidence/PhoneFactor.pfdata could not be read: there is no such file");
        gone.Out.ShouldContain("held     migrate by backup");
    }

    [Fact]
    public async Task A_stage_that_was_approved_by_its_evidence_is_not_applied_without_it()
    {
        using var cli = Cli.In(Sample);
        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--json");
        var digest = JsonNode.Parse(preview.Out)!["preview"]!["digest"]!.GetValue<string>();
        await File.AppendAllTextAsync(cli.PathOf("evidence/PhoneFactor.pfdata"), "x", TestContext.Current.CancellationToken);

        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--digest", digest, "--record", "record.jsonl");

        apply.Exit.ShouldBe(5);
        apply.Error.ShouldContain("MFP4003");
        apply.Error.ShouldContain("checklist");
        File.ReadLines(cli.PathOf("record.jsonl")).ShouldAllBe(static line => !line.Contains("\"method\":\"PATCH\"", StringComparison.Ordinal)
            && !line.Contains("\"method\":\"PUT\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_to_a_later_step_leaves_an_approved_change_set_as_it_is()
    {
        using var cli = Cli.In(Sample);
        var first = JsonNode.Parse((await cli.SandboxAsync("preview", "plan.yaml", "--json")).Out)!["preview"]!["digest"]!.GetValue<string>();
        var answers = await File.ReadAllTextAsync(cli.PathOf("answers.yaml"));
        await File.WriteAllTextAsync(
            cli.PathOf("answers.yaml"),
            answers.Replace(
                "rows: ",
                "  - { id: portalOff, state: done, owner: o, date: 2026-11-09, evidence: [{ text: Off. }] }\nrows: ",
                StringComparison.Ordinal));

        var second = JsonNode.Parse((await cli.SandboxAsync("preview", "plan.yaml", "--json")).Out)!["preview"]!["digest"]!.GetValue<string>();

        second.ShouldBe(first);
    }

    /// <summary>The lines below a call in a code block of the page; "..." stands for lines left out.</summary>
    private static List<string> Shown(string page, string command)
    {
        var lines = page.Split('\n').SkipWhile(line => line != $"$ mfaplan {command} plan.yaml").Skip(1).TakeWhile(static line => line != "```")
            .Where(static line => line != "...").ToList();
        lines.Count.ShouldBeGreaterThan(2, command);
        return lines;
    }
}
