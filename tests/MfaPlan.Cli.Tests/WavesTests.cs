using System.Text.Json.Nodes;
using static MfaPlan.Cli.Tests.WaveSample;

namespace MfaPlan.Cli.Tests;

/// <summary>The sample with two waves: whom a wave moves and whom not, in which order, and back.</summary>
public sealed class WavesTests
{
    private static readonly string[] Movable = ["alice", "bob", "ivan"];

    [Fact]
    public async Task Apply_migrates_then_moves_the_first_wave_and_a_second_apply_of_it_sends_nothing()
    {
        using var cli = WaveSample.New();

        var first = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--record", "record.jsonl");
        var status = await cli.RunAsync("status", "plan.yaml");
        var again = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "wave/pilot", "--record", "second.jsonl");

        first.Exit.ShouldBe(0, first.Error);
        (await MembersAsync(cli, "R1")).ShouldBe(Movable, ignoreOrder: true);
        (await RolloutAsync(cli))["appliesTo"]!.AsArray().Count.ShouldBe(1);
        status.Out.ShouldContain("stage    wave/pilot complete");
        status.Out.ShouldContain("stage wave/hq");

        // In the rollout before it grows: the group is attached empty, and grows by one member a request.
        var writes = await WritesAsync(cli, "record.jsonl");
        var attach = writes.FindIndex(static write => write.Contains("/appliesTo/$ref", StringComparison.Ordinal));
        writes.FindIndex(static write => write.Contains("/members/$ref", StringComparison.Ordinal)).ShouldBeGreaterThan(attach);
        writes.Count(static write => write.Contains("/members/$ref", StringComparison.Ordinal)).ShouldBe(3);

        again.Exit.ShouldBe(0, again.Error);
        again.Out.ShouldContain("Nothing to do");
        (await WritesAsync(cli, "second.jsonl")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Preview_of_a_wave_says_for_everybody_whether_and_why_not()
    {
        using var cli = WaveSample.New();
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "migrate")).Exit.ShouldBe(0);

        var pilot = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "wave/pilot", "--report", "report");
        var hq = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "wave/hq");
        var wrong = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "wave/none");

        pilot.Exit.ShouldBe(0, pilot.Error);
        Golden.ShouldMatch(PlainOf(pilot.Out), $"{WaveSample.Folder}/expected/pilot.txt");
        (await File.ReadAllTextAsync(cli.PathOf("report/report.html"))).ShouldContain("the group R1 is added to the staged rollout");
        hq.Exit.ShouldBe(5, hq.Error);
        hq.Out.ShouldContain("verdict REFUSED");
        hq.Out.ShouldContain("MFP3164");
        hq.Out.ShouldContain("forecast an earlier stage was not seen through yet");
        wrong.Exit.ShouldBe(64, wrong.Error);
        wrong.Error.ShouldContain("prepare, migrate, wave/pilot, wave/hq");
    }

    [Fact]
    public async Task Rollback_of_a_wave_returns_the_routing_and_the_wave_can_be_applied_again()
    {
        using var cli = WaveSample.New();
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var one = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--wave", "pilot", "--user", "bob@contoso.com");
        var afterOne = await MembersAsync(cli, "R1");
        var status = await cli.RunAsync("status", "plan.yaml");
        var undone = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--wave", "pilot");
        var members = await MembersAsync(cli, "R1");
        var rollout = await RolloutAsync(cli);
        var again = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        one.Exit.ShouldBe(0, one.Error);
        afterOne.ShouldBe(["alice", "ivan"], ignoreOrder: true);
        status.Out.ShouldContain("stage    wave/pilot undone for some users");
        undone.Exit.ShouldBe(0, undone.Error);
        members.ShouldBeEmpty();
        rollout["appliesTo"]!.AsArray().ShouldBeEmpty();
        again.Exit.ShouldBe(0, again.Error);
        (await MembersAsync(cli, "R1")).ShouldBe(Movable, ignoreOrder: true);
    }

    [Fact]
    public async Task Steps_of_a_person_are_said_and_awaited()
    {
        using var cli = WaveSample.New();
        await File.AppendAllTextAsync(cli.PathOf("plan.yaml"), "signIn: { operator: { mode: manual, stages: [rollout] } }\n", TestContext.Current.CancellationToken);

        var waits = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        var moved = await MembersAsync(cli, "R1");
        var still = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        waits.Exit.ShouldBe(4, waits.Out);
        waits.Error.ShouldContain("POST /v1.0/policies/featureRolloutPolicies");
        waits.Error.ShouldContain("add the group 00000000-0000-4000-8000-000000000301");
        waits.Out.ShouldContain("Nobody was moved yet.");
        moved.ShouldBeEmpty();
        still.Exit.ShouldBe(4, still.Out);
    }

    [Fact]
    public async Task Evidence_of_a_wave_says_who_became_a_member()
    {
        using var cli = WaveSample.New();
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var pack = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        var verified = await cli.RunAsync("evidence", "verify", "pack");

        pack.Exit.ShouldBe(0, pack.Error);
        verified.Exit.ShouldBe(0, verified.Out);
        var rows = (await File.ReadAllLinesAsync(cli.PathOf("pack/writes.jsonl"))).Skip(1).Select(static line => JsonNode.Parse(line)!).ToList();
        rows.Where(static row => (string)row["change"]! == "rollout.member").Select(static row => $"{row["before"]} {row["after"]}")
            .ShouldBe(["none present", "none present", "none present"]);
        rows.Single(static row => (string)row["change"]! == "rollout.policy")["after"]!.GetValue<string>().ShouldBe("present");
    }

    private static string PlainOf(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, "digest [0-9a-f]{64}", "digest <digest>", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
}
