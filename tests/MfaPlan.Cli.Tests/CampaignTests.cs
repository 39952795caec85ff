using System.Text.Json.Nodes;
using static MfaPlan.Cli.Tests.Rehearsal;

namespace MfaPlan.Cli.Tests;

/// <summary>The sample whose users must register the app again: the registration campaign from preview to rollback.</summary>
public sealed class CampaignTests
{
    private const string Sample = "plans/samples/campaign";
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task Preview_says_the_campaign_in_a_sentence_and_the_cohort_with_its_deadline()
    {
        using var cli = Cli.In(Sample);

        var prepare = await cli.SandboxAsync("preview", "plan.yaml", "--record", "record.jsonl");
        var migrate = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "migrate", "--report", "report");
        var json = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "migrate", "--json");

        prepare.Exit.ShouldBe(0, prepare.Error);
        prepare.Error.ShouldNotContain("MFP");
        Golden.ShouldMatch(Stable(prepare.Out), $"{Sample}/expected/prepare.txt");
        migrate.Out.ShouldContain(
            "again    3 users must register the app again by 2027-01-15; the registration campaign for MFA-ReRegister asks 2 of them, and 1 would never be asked.");
        Golden.ShouldMatch(Stable(await File.ReadAllTextAsync(cli.PathOf("report/report.md"))), $"{Sample}/expected/report.md");
        (await File.ReadAllTextAsync(cli.PathOf("report/report.html"))).ShouldContain("asks 2 of them, and 1 would never be asked.");
        JsonNode.Parse(json.Out)!["preview"]!["reRegister"]!.ToJsonString().ShouldStartWith(
            """{"users":3,"deadline":"2027-01-15","campaign":"MFA-ReRegister","neverAsked":1,""");
        (await WritesAsync(cli)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_merges_the_campaign_and_a_second_apply_sends_nothing()
    {
        using var cli = Cli.In(Sample);
        var before = Campaign(JsonNode.Parse(await File.ReadAllTextAsync(cli.PathOf("tenant.json")))!);

        var first = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "prepare", "--record", "record.jsonl");
        var written = await WritesAsync(cli);
        var status = await cli.RunAsync("status", "plan.yaml");
        File.Delete(cli.PathOf("record.jsonl"));
        var second = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "prepare", "--record", "record.jsonl");

        first.Exit.ShouldBe(0, first.Error);
        Golden.ShouldMatch(string.Join('\n', written) + "\n", $"{Sample}/expected/writes.txt");
        var after = Campaign(await TenantAsync(cli));
        after["includeTargets"]!.AsArray().Count.ShouldBe(2);
        JsonNode.DeepEquals(after["includeTargets"]![0], before["includeTargets"]![0]).ShouldBeTrue(after.ToJsonString());
        after["enforceRegistrationAfterAllowedSnoozes"]!.GetValue<bool>().ShouldBeFalse();
        after["snoozeDurationInDays"]!.GetValue<int>().ShouldBe(1);
        status.Out.ShouldContain("stage    prepare  complete");
        second.Exit.ShouldBe(0, second.Error);
        (await WritesAsync(cli)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rollback_restores_the_campaign_as_it_was()
    {
        using var cli = Cli.In(Sample);
        var before = Campaign(JsonNode.Parse(await File.ReadAllTextAsync(cli.PathOf("tenant.json")))!);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "prepare")).Exit.ShouldBe(0);
        JsonNode.DeepEquals(before, Campaign(await TenantAsync(cli))).ShouldBeFalse();

        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes");

        back.Exit.ShouldBe(0, back.Error);
        back.Out.ShouldContain("Registration campaign: set back to what it was before the run.");
        var after = Campaign(await TenantAsync(cli));
        JsonNode.DeepEquals(before, after).ShouldBeTrue(after.ToJsonString());
    }

    [Fact]
    public async Task A_user_is_shown_with_the_deadline_and_whether_the_campaign_asks()
    {
        using var cli = Cli.In(Sample);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "prepare")).Exit.ShouldBe(0);

        var asked = await cli.SandboxAsync("user", "plan.yaml", Alice);
        var never = await cli.SandboxAsync("user", "plan.yaml", "dave@contoso.com");
        var registered = await cli.SandboxAsync("user", "plan.yaml", "bob@contoso.com");

        asked.Out.ShouldContain("must register it again by 2027-01-15; the registration campaign asks for it.");
        asked.Out.ShouldNotContain("MFP3076");
        never.Out.ShouldContain("must register it again by 2027-01-15.");
        never.Out.ShouldContain("MFP3076 The registration campaign does not reach this user (the user is not in MFA-ReRegister), who would never be asked.");
        registered.Out.ShouldNotContain("register it again");
    }

    /// <summary>The user's side shows what the preview shows, also while the prepare stage has not been applied.</summary>
    [Fact]
    public async Task A_user_is_judged_by_the_campaign_as_it_will_be()
    {
        using var cli = Cli.In(Sample);

        (await cli.SandboxAsync("user", "plan.yaml", Alice)).Out.ShouldContain("the registration campaign asks for it.");
    }

    [Fact]
    public async Task A_break_glass_account_in_the_campaigns_group_refuses_the_stage()
    {
        using var cli = Cli.In(Sample);
        var tenant = JsonNode.Parse(await File.ReadAllTextAsync(cli.PathOf("tenant.json")))!;
        tenant["groups"]!.AsArray().Single(static group => (string)group!["displayName"]! == "MFA-ReRegister")!["members"]!.AsArray()
            .Add("00000000-0000-4000-8000-000000000065");
        await File.WriteAllTextAsync(cli.PathOf("tenant.json"), tenant.ToJsonString(), TestContext.Current.CancellationToken);

        var preview = await cli.SandboxAsync("preview", "plan.yaml");
        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--record", "record.jsonl");

        preview.Exit.ShouldBe(5);
        preview.Out.ShouldContain("is in the group of reRegister.campaign");
        apply.Exit.ShouldBe(5);
        (await WritesAsync(cli)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plan_whose_campaign_group_is_not_there_is_refused()
    {
        using var cli = Cli.In(Sample);
        var plan = await File.ReadAllTextAsync(cli.PathOf("plan.yaml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            cli.PathOf("plan.yaml"), plan.Replace("group: MFA-ReRegister", "group: Nobody", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var preview = await cli.SandboxAsync("preview", "plan.yaml");

        preview.Exit.ShouldBe(5);
        preview.Out.ShouldContain("""The tenant has no group "Nobody", named in reRegister.campaign.group.""");
    }

    private static JsonNode Campaign(JsonNode tenant) =>
        tenant["policies"]!["authenticationMethodsPolicy"]!["registrationEnforcement"]!["authenticationMethodsRegistrationCampaign"]!;
}
