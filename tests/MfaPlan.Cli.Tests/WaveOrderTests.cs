using System.Text.Json.Nodes;
using static MfaPlan.Cli.Tests.WaveSample;

namespace MfaPlan.Cli.Tests;

/// <summary>Waves that are carried out piece by piece, one after the other, or taken back after somebody changed what they stood on.</summary>
public sealed class WaveOrderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wave_a_user_at_a_time_goes_on_where_it_stopped()
    {
        using var cli = WaveSample.New();
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "migrate")).Exit.ShouldBe(0);

        var exits = new List<int>();
        var moved = new List<int>();
        do
        {
            var ran = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "wave/pilot", "--max-users", "1");
            exits.Add(ran.Exit);
            moved.Add((await MembersAsync(cli, "R1")).Length);
        }
        while (exits[^1] == 4 && exits.Count < 9);

        exits[..^1].ShouldAllBe(static exit => exit == 4);
        exits[^1].ShouldBe(0);
        moved[^1].ShouldBe(3);
        moved.Zip(moved.Skip(1), static (before, after) => after - before).ShouldAllBe(static more => more >= 0 && more <= 1);
    }

    [Fact]
    public async Task The_gate_of_the_last_wave_that_moved_anybody_stands_before_the_next_whatever_lies_between()
    {
        using var cli = await ThreeWavesAsync();
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "migrate")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "wave/pilot")).Exit.ShouldBe(0);

        var early = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "wave/empty", "--record", "early.jsonl");
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "25h")).Exit.ShouldBe(0);
        var empty = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "wave/empty");

        // Somebody is moved again, so what was waited for begins anew, and the empty wave between does not hide it.
        (await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--wave", "pilot", "--user", "bob@contoso.com")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "wave/pilot")).Exit.ShouldBe(0);
        var held = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "wave/hq", "--record", "held.jsonl");
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "25h")).Exit.ShouldBe(0);
        var opened = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "wave/hq");

        early.Exit.ShouldBe(4, early.Error);
        early.Error.ShouldContain("MFP4050");
        (await WritesAsync(cli, "early.jsonl")).ShouldBeEmpty();
        empty.Exit.ShouldBe(0, empty.Error);
        held.Exit.ShouldBe(4, held.Error);
        held.Error.ShouldContain("the gate of wave pilot is not known to be open yet");
        (await WritesAsync(cli, "held.jsonl")).ShouldBeEmpty();
        opened.Exit.ShouldBe(0, opened.Error);
        (await MembersAsync(cli, "R2")).ShouldBe(["kate", "leo"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_wave_that_left_the_plan_is_not_taken_back_blindly()
    {
        using var cli = WaveSample.New();
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);
        var plan = await File.ReadAllTextAsync(cli.PathOf("plan.yaml"), Cancel);
        await File.WriteAllTextAsync(cli.PathOf("plan.yaml"), plan.Replace("{ name: pilot,", "{ name: first,", StringComparison.Ordinal), Cancel);

        var gone = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--record", "record.jsonl");

        gone.Exit.ShouldBe(5, gone.Error);
        gone.Error.ShouldContain("MFP4008");
        gone.Error.ShouldContain("Put the wave back into the plan");
        (await WritesAsync(cli, "record.jsonl")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_policy_that_demands_no_more_does_not_hold_the_way_back_up()
    {
        using var cli = WaveSample.New();
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);
        await Rehearsal.ChangeAsync(cli, static tenant => tenant["identity"]!["conditionalAccess"]!["policies"]!.AsArray().Clear());

        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--wave", "pilot");

        back.Exit.ShouldBe(0, back.Error);
        (await MembersAsync(cli, "R1")).ShouldBeEmpty();
    }

    private static async Task<Cli> ThreeWavesAsync()
    {
        var cli = WaveSample.New();
        var plan = await File.ReadAllTextAsync(cli.PathOf("plan.yaml"), Cancel);
        plan = plan.Replace("gateDefaults: { propagation: 24h, soak: 1d }", "gateDefaults: { propagation: 24h, minUsers: 0 }", StringComparison.Ordinal)
            .Replace("    - { name: hq,", "    - { name: empty, from: [Nobody], into: [R3], max: 10 }\n    - { name: hq,", StringComparison.Ordinal);
        await File.WriteAllTextAsync(cli.PathOf("plan.yaml"), plan, Cancel);
        var tenant = JsonNode.Parse(await File.ReadAllTextAsync(cli.PathOf("tenant.json"), Cancel))!;
        var groups = tenant["groups"]!.AsArray();
        groups.Single(static group => (string)group!["displayName"]! == "R2")!["members"] = new JsonArray();
        foreach (var (name, id) in new[] { ("Nobody", "230"), ("R3", "303") })
        {
            groups.Add(new JsonObject { ["id"] = $"00000000-0000-4000-8000-000000000{id}", ["displayName"] = name, ["securityEnabled"] = true, ["members"] = new JsonArray() });
        }

        await File.WriteAllTextAsync(cli.PathOf("tenant.json"), tenant.ToJsonString(), Cancel);
        return cli;
    }
}
