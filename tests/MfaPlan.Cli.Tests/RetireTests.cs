using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MfaPlan.Cli.Composition;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Cli.Tests;

/// <summary>The sample whose staged rollout ends after the cut-over: not before its time, nobody sent back to other MFA, and back by one write.</summary>
public sealed partial class RetireTests
{
    private const string Sample = "plans/samples/retire";
    private const string SwitchOff = "PATCH /v1.0/policies/featureRolloutPolicies/rollout-1\n{\"isEnabled\":false}";
    private const string SwitchOn = "PATCH /v1.0/policies/featureRolloutPolicies/rollout-1\n{\"isEnabled\":true}";

    [Fact]
    public async Task From_cut_over_to_retired_and_back_and_retired_again_by_one_write_each()
    {
        using var cli = await CutOverAsync();
        await AdvanceAsync(cli, "8d");

        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "retire");
        await ApproveAsync(cli, preview);
        var retired = await RecordedAsync(cli, "apply", "plan.yaml", "--yes");
        var writes = await Rehearsal.WritesAsync(cli);
        var rollout = await RolloutAsync(cli);
        var verified = await cli.SandboxAsync("verify", "plan.yaml");
        var again = await RecordedAsync(cli, "apply", "plan.yaml", "--stage", "retire", "--yes");
        var none = await Rehearsal.WritesAsync(cli);

        preview.Exit.ShouldBe(0, preview.Out);
        Golden.ShouldMatch(Short().Replace(Rehearsal.Stable(preview.Out), "DIGEST"), $"{Sample}/expected/preview.txt");
        retired.Exit.ShouldBe(0, retired.Error + retired.Out);
        writes.ShouldBe([SwitchOff]);
        ((bool)rollout["isEnabled"]!).ShouldBeFalse();
        rollout["appliesTo"]!.AsArray().Count.ShouldBe(2);
        verified.Exit.ShouldBe(0, verified.Out);
        again.Exit.ShouldBe(0, again.Error);
        again.Out.ShouldContain("Nothing to do: the staged rollout is off, or there is none.");
        none.ShouldBeEmpty();

        var wave = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "wave/pilot");
        var print = await cli.SandboxAsync("rollback", "plan.yaml", "--run", RunId().Match(retired.Out).Value, "--print");
        await ApproveAsync(cli, print);
        var back = await RecordedAsync(cli, "rollback", "plan.yaml", "--yes");
        var backWrites = await Rehearsal.WritesAsync(cli);
        var status = await cli.RunAsync("status", "plan.yaml");

        wave.Exit.ShouldBe(5, wave.Out);
        wave.Out.ShouldContain("MFP3184");
        print.Exit.ShouldBe(0, print.Out);
        print.Out.ShouldContain("switches the staged rollout on, for 3 members of its groups at once");
        back.Exit.ShouldBe(0, back.Error + back.Out);
        backWrites.ShouldBe([SwitchOn]);
        status.Out.ShouldContain("stage    retire     undone");
        (await cli.SandboxAsync("preview", "plan.yaml", "--stage", "wave/pilot")).Exit.ShouldBe(0);

        await ApproveAsync(cli, await cli.SandboxAsync("preview", "plan.yaml")); // without --stage it is the next one
        var second = await RecordedAsync(cli, "apply", "plan.yaml", "--yes");

        second.Exit.ShouldBe(0, second.Error + second.Out);
        (await Rehearsal.WritesAsync(cli)).ShouldBe([SwitchOff]);
        (await cli.RunAsync("status", "plan.yaml")).Out.ShouldContain("stage    retire     complete");
    }

    [Fact]
    public async Task Too_early_nothing_is_written_with_or_without_naming_the_stage_and_status_says_from_when_on()
    {
        using var cli = await CutOverAsync();
        await AdvanceAsync(cli, "6d");

        var named = await RecordedAsync(cli, "apply", "plan.yaml", "--stage", "retire", "--yes");
        var writes = await Rehearsal.WritesAsync(cli);
        var unnamed = await RecordedAsync(cli, "apply", "plan.yaml", "--yes");
        var status = await cli.RunAsync("status", "plan.yaml");

        named.Exit.ShouldBe(4, named.Error);
        named.Error.ShouldContain("MFP3183");
        writes.ShouldBeEmpty();
        unnamed.Exit.ShouldBe(4, unnamed.Error);
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
        Golden.ShouldMatch(Rehearsal.Stable(status.Out), $"{Sample}/expected/status.txt");
        From().Match(status.Out).Value.ShouldBe(From().Match(named.Error).Value);
        JsonNode.Parse((await cli.RunAsync("status", "plan.yaml", "--json")).Out)!["retireFrom"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_cut_over_that_ended_incomplete_holds_it_until_every_domain_is_found_in_place()
    {
        using var cli = await CutOverAsync();
        await IncompleteCutOverAsync(cli);

        var held = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "retire");
        await ApproveAsync(cli, await cli.SandboxAsync("preview", "plan.yaml", "--stage", "cutOver"));
        var found = await cli.SandboxAsync("apply", "plan.yaml", "--stage", "cutOver", "--yes");
        var status = await cli.RunAsync("status", "plan.yaml");

        held.Exit.ShouldBe(5, held.Out);
        held.Out.ShouldContain("refuses MFP3182");
        found.Exit.ShouldBe(0, found.Error);
        found.Out.ShouldContain("Everything is in place.");
        status.Out.ShouldContain("stage    cutOver    complete");
        status.Out.ShouldContain("the staged rollout may end from");
    }

    [Fact]
    public async Task Before_the_cut_over_it_is_a_forecast_that_is_not_applied()
    {
        using var cli = New();

        var apply = await RecordedAsync(cli, "apply", "plan.yaml", "--stage", "retire", "--yes");

        apply.Exit.ShouldBe(5, apply.Error);
        apply.Out.ShouldContain("MFP3182");
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_member_of_a_group_of_others_on_a_domain_that_was_not_switched_refuses_and_nothing_is_written()
    {
        using var cli = await CutOverAsync();
        await AdvanceAsync(cli, "8d");
        await ChangeAsync(cli, static tenant => tenant["users"]!.AsArray().Single(static user => (string)user!["userPrincipalName"]! == "bob@contoso.com")!["userPrincipalName"] = "bob@fabrikam.com");

        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "retire");
        var apply = await RecordedAsync(cli, "apply", "plan.yaml", "--stage", "retire", "--yes");

        preview.Exit.ShouldBe(5, preview.Out);
        Regex.Replace(preview.Out, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldContain("fabrikam.com does not leave MFA to Entra: its federatedIdpMfaBehavior is acceptIfMfaDoneByFederatedIdp. Switching the rollout off would send 1 member");
        apply.Exit.ShouldBe(5);
        apply.Error.ShouldContain("MFP3181");
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("behaviour", "MFP3181")]
    [InlineData("group", "MFP4003")]
    public async Task What_moved_between_signature_and_apply_refuses_before_the_write(string what, string code)
    {
        using var cli = await CutOverAsync();
        await AdvanceAsync(cli, "8d");
        await ApproveAsync(cli, await cli.SandboxAsync("preview", "plan.yaml", "--stage", "retire"));
        await ChangeAsync(cli, tenant =>
        {
            if (what == "behaviour")
            {
                tenant["domains"]![0]!["federationConfiguration"]!["federatedIdpMfaBehavior"] = "acceptIfMfaDoneByFederatedIdp";
            }
            else
            {
                tenant["policies"]!["featureRolloutPolicies"]![0]!["appliesTo"]!.AsArray().RemoveAt(1);
            }
        });

        var apply = await RecordedAsync(cli, "apply", "plan.yaml", "--yes");

        apply.Exit.ShouldBe(5, apply.Error + apply.Out);
        apply.Error.ShouldContain(code);
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_step_of_a_person_is_said_awaited_seen_and_counted_as_ours()
    {
        using var cli = await CutOverAsync("signIn: { operator: { mode: manual, stages: [rollout] } }\n");
        await AdvanceAsync(cli, "8d");
        await ApproveAsync(cli, await cli.SandboxAsync("preview", "plan.yaml", "--stage", "retire"));

        var waits = await RecordedAsync(cli, "apply", "plan.yaml", "--yes");
        var writes = await Rehearsal.WritesAsync(cli);
        await ChangeAsync(cli, static tenant => tenant["policies"]!["featureRolloutPolicies"]![0]!["isEnabled"] = false);
        var seen = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        var status = await cli.RunAsync("status", "plan.yaml");

        waits.Exit.ShouldBe(4, waits.Error + waits.Out);
        waits.Error.ShouldContain("switch the staged rollout off: PATCH /v1.0/policies/featureRolloutPolicies/{id} {\"isEnabled\":false}");
        writes.ShouldBeEmpty();
        seen.Exit.ShouldBe(0, seen.Error + seen.Out);
        status.Out.ShouldContain("retire  complete: 1 unit settled, applied 1");
    }

    [Fact]
    public async Task The_way_back_is_the_whole_rollouts_and_evidence_says_what_was_switched()
    {
        using var cli = await CutOverAsync();
        await AdvanceAsync(cli, "8d");
        await ApproveAsync(cli, await cli.SandboxAsync("preview", "plan.yaml", "--stage", "retire"));
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var one = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--user", "bob@contoso.com");
        var pack = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        var verified = await cli.RunAsync("evidence", "verify", "pack");

        one.Exit.ShouldBe(64, one.Error);
        one.Error.ShouldContain("wrote the staged rollout, not users");
        pack.Exit.ShouldBe(0, pack.Error);
        verified.Exit.ShouldBe(0, verified.Out);
        var row = (await File.ReadAllLinesAsync(cli.PathOf("pack/writes.jsonl"))).Skip(1).Select(static line => JsonNode.Parse(line)!)
            .Single(static row => (string)row["change"]! == "rollout.enabled");
        ((string)row["unit"]!).ShouldBe("policy/featureRollout");
    }

    /// <summary>The sample, with one who signs.</summary>
    private static Cli New(string more = "")
    {
        var cli = Cli.In(Sample);
        File.AppendAllText(cli.PathOf("plan.yaml"), more);
        SshKeys.Make(cli, "erin");
        SshKeys.Allow(cli, "erin@contoso.com", "erin");
        return cli;
    }

    /// <summary>The sample with its domain cut over, through every stage before it.</summary>
    private static async Task<Cli> CutOverAsync(string more = "")
    {
        var cli = New(more);
        foreach (var stage in (string[])["migrate", "wave/pilot", "cutOver"])
        {
            await ApproveAsync(cli, await cli.SandboxAsync("preview", "plan.yaml", "--stage", stage));
            var applied = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", stage);
            applied.Exit.ShouldBe(0, $"{stage}\n{applied.Error}{applied.Out}");
        }

        return cli;
    }

    /// <summary>A later run of the cut-over stands in the journal, which did not see every domain through.</summary>
    private static async Task IncompleteCutOverAsync(Cli cli)
    {
        var host = cli.Host();
        var loaded = Workspace.Load(host, "plan.yaml");
        await using var session = await States.OpenAny(host, loaded)!.OpenAsync("apply plan.yaml", TestContext.Current.CancellationToken);
        var now = host.Time.GetUtcNow();
        await session.Journal.AppendAsync(new JournalEntry.Run(
            now, "aaaa0001", WaveRuns.DigestOf(1), "retire", loaded.Digest, StageId.CutOver.ToText(), RunPurpose.Apply, null, session.Holder));
        await session.Journal.AppendAsync(new JournalEntry.Close(now, "aaaa0001", RunResult.Incomplete));
    }

    private static async Task ApproveAsync(Cli cli, Ran preview)
    {
        preview.Exit.ShouldBe(0, preview.Error + preview.Out);
        var approved = await cli.RunAsync("approve", Digests().Match(preview.Out).Value, "--plan", "plan.yaml", "--key", "erin");
        approved.Exit.ShouldBe(0, approved.Error);
    }

    private static async Task AdvanceAsync(Cli cli, string by) => (await cli.RunAsync("sandbox", "advance", "plan.yaml", by)).Exit.ShouldBe(0);

    private static Task<Ran> RecordedAsync(Cli cli, params string[] arguments)
    {
        File.Delete(cli.PathOf("record.jsonl"));
        return cli.SandboxAsync([.. arguments, "--record", "record.jsonl"]);
    }

    private static async Task<JsonNode> RolloutAsync(Cli cli) =>
        (await Rehearsal.TenantAsync(cli))["policies"]!["featureRolloutPolicies"]!.AsArray().ShouldHaveSingleItem()!;

    /// <summary>Changes the simulated tenant, as somebody else would.</summary>
    private static async Task ChangeAsync(Cli cli, Action<JsonNode> change)
    {
        var file = cli.PathOf(".mfaplan/sandbox/tenant.json");
        var tenant = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        change(tenant);
        await File.WriteAllTextAsync(file, tenant.ToJsonString());
    }

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digests();

    [GeneratedRegex("(?<=Run )[0-9a-f]{8}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RunId();

    [GeneratedRegex("(?<=mfaplan approve )[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Short();

    [GeneratedRegex("(?<=may end from )[-0-9]{10} [:0-9]{8}Z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex From();
}
