using System.Text.Json.Nodes;
using static MfaPlan.Cli.Tests.CutOverTests;

namespace MfaPlan.Cli.Tests;

/// <summary>The way back of a whole plan, and its order: routing before data.</summary>
public sealed class WayBackTests
{
    [Fact]
    public async Task Print_lists_the_whole_way_back_of_a_cut_over_and_its_migration_and_writes_nothing()
    {
        using var cli = await CutOverTests.SwitchedAsync();

        var text = await cli.SandboxAsync("rollback", "plan.yaml", "--print", "--record", "record.jsonl");
        var json = await cli.SandboxAsync("rollback", "plan.yaml", "--print", "--json");

        text.Exit.ShouldBe(0, text.Error);
        Golden.ShouldMatch(Rehearsal.Stable(text.Out), "plans/samples/cut-over/expected/way-back.txt");
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
        var steps = Steps(json);
        steps[0].ShouldSatisfyAllConditions(
            static step => ((string?)step["kind"]).ShouldBe("automatic"),
            static step => ((string?)step["arguments"]).ShouldBe("--domain contoso.com"),
            static step => ((long?)step["users"]).ShouldBe(4),
            static step => ((string?)step["digest"])!.Length.ShouldBe(64));
        steps.Select(static step => (string)step["stage"]!).Distinct().ShouldBe(["cutOver", "migrate", "server"]);
    }

    [Fact]
    public async Task Print_says_what_is_impossible_and_what_is_not_known()
    {
        using var cli = await CutOverTests.SwitchedAsync(static cli => ReplaceIn(cli, "tenant.json", Accept, "enforceMfaByFederatedIdp"));

        var dead = await cli.SandboxAsync("rollback", "plan.yaml", "--print", "--json");
        await Rehearsal.ChangeAsync(cli, static tenant => tenant["permissions"] = new JsonArray("Policy.Read.All", "UserAuthenticationMethod.Read.All"));
        var blind = await cli.SandboxAsync("rollback", "plan.yaml", "--print", "--json");

        dead.Exit.ShouldBe(0, dead.Error);
        ((string?)Steps(dead)[0]["kind"], (string?)Steps(dead)[0]["arguments"]).ShouldBe(("impossible", null));
        ((string)Steps(dead)[0]["reason"]!).ShouldContain("dead server");
        blind.Exit.ShouldBe(4, blind.Out);
        ((string?)Steps(blind)[0]["kind"], (long?)Steps(blind)[0]["users"]).ShouldBe(("unknown", null));
    }

    [Fact]
    public async Task Print_of_a_plan_that_nothing_was_applied_of_has_no_steps()
    {
        using var cli = WaveSample.New();

        var none = await cli.SandboxAsync("rollback", "plan.yaml", "--print");

        none.Exit.ShouldBe(0, none.Error);
        none.Out.ShouldContain("nothing to undo");
    }

    [Fact]
    public async Task Methods_go_back_only_after_the_routing_of_their_users_and_those_of_others_at_once()
    {
        using var cli = WaveSample.New();
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "migrate")).Exit.ShouldBe(0);
        var migrate = RunOf(await cli.RunAsync("status", "plan.yaml"));
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "wave/pilot")).Exit.ShouldBe(0);

        var plan = await cli.SandboxAsync("rollback", "plan.yaml", "--print");
        var all = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--run", migrate, "--record", "all.jsonl");
        var moved = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--run", migrate, "--user", "alice@contoso.com", "--record", "all.jsonl");
        var other = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--run", migrate, "--user", "kate@contoso.com");
        (await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--wave", "pilot")).Exit.ShouldBe(0);
        var after = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--run", migrate);

        plan.Exit.ShouldBe(0, plan.Error);
        Golden.ShouldMatch(Rehearsal.Stable(plan.Out), $"{WaveSample.Folder}/expected/way-back.txt");
        (all.Exit, moved.Exit).ShouldBe((5, 5), all.Error + moved.Error);
        all.Error.ShouldContain("MFP3205");
        all.Error.ShouldContain("Routing goes first: mfaplan rollback PLAN --run ");
        (await WaveSample.WritesAsync(cli, "all.jsonl")).ShouldBeEmpty();
        other.Exit.ShouldBe(0, other.Error);
        other.Out.ShouldContain("Nobody whose methods go back was moved");
        after.Exit.ShouldBe(0, after.Error);
    }

    [Fact]
    public async Task While_a_domain_is_switched_the_methods_of_its_users_stay()
    {
        using var cli = await CutOverTests.SwitchedAsync();
        var migrate = RunOf(await cli.RunAsync("status", "plan.yaml"));

        var early = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--run", migrate);
        var nobody = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--domain", "fabrikam.com");
        var both = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--domain", "contoso.com", "--run", migrate);
        var digest = Digest(await cli.SandboxAsync("rollback", "plan.yaml", "--print", "--domain", "CONTOSO.com"));
        foreach (var who in (string[])["dana", "erin"])
        {
            (await cli.RunAsync("approve", digest, "--key", who)).Exit.ShouldBe(0);
        }

        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--domain", "contoso.com");
        var later = await cli.SandboxAsync("rollback", "plan.yaml", "--print", "--run", migrate);

        (early.Exit, nobody.Exit, both.Exit).ShouldBe((5, 5, 64), early.Error + nobody.Error + both.Error);
        early.Error.ShouldContain("MFP3205");
        nobody.Error.ShouldContain("These are: contoso.com.");
        back.Exit.ShouldBe(0, back.Error);
        (await BehaviourAsync(cli)).ShouldBe(Accept);
        later.Out.ShouldContain("verdict APPLY");
    }

    private static List<JsonNode> Steps(Ran ran) => [.. JsonNode.Parse(ran.Out)!["steps"]!.AsArray().Select(static step => step!)];

    /// <summary>The first run that status lists.</summary>
    private static string RunOf(Ran status) =>
        status.Out.Split('\n').First(static line => line.StartsWith("run ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
}
