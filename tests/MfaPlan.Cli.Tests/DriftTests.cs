using System.Text.Json.Nodes;

namespace MfaPlan.Cli.Tests;

/// <summary>What verify says of a tenant in which somebody was busy after the apply.</summary>
public sealed class DriftTests
{
    private const string Alice = "00000000-0000-4000-8000-000000000001";
    private const string Everyone = "00000000-0000-4000-8000-000000000201";
    private const string Bob = "00000000-0000-4000-8000-000000000002";
    private const string Unapproved = "plans/invalid/MFP4006-change-set-spent";

    [Fact]
    public async Task Nothing_moved_is_0_moved_is_2_and_unread_is_4()
    {
        using var cli = Cli.In(Unapproved);
        var before = await cli.SandboxAsync("verify", "plan.yaml");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var unmoved = await cli.SandboxAsync("verify", "plan.yaml");
        await Rehearsal.ChangeAsync(cli, tenant => Mobile(tenant, Alice)["phoneNumber"] = "+1 2065550177");
        var moved = await cli.SandboxAsync("verify", "plan.yaml");
        await Rehearsal.ChangeAsync(cli, static tenant =>
        {
            tenant["users"]!.AsArray().RemoveAt(1);
            tenant["groups"]![0]!["members"]!.AsArray().RemoveAt(1);
        });
        var both = await cli.SandboxAsync("verify", "plan.yaml");
        await Rehearsal.ChangeAsync(cli, tenant => Mobile(tenant, Alice)["phoneNumber"] = "+1 2065550101");
        var unread = await cli.SandboxAsync("verify", "plan.yaml");

        (before.Exit, before.Out).ShouldBe((0, "Nothing to verify: no run left anything in place.\n"));
        (unmoved.Exit, unmoved.Out).ShouldBe((0, "Verified 2 users: 2 as they were left, 0 moved, 0 not known.\n"), unmoved.Error);
        moved.Exit.ShouldBe(2, moved.Error);
        moved.Out.ShouldContain(Alice);
        moved.Out.ShouldContain("    phone.mobile: +1 •••• 0101 → +1 •••• 0177\n");
        moved.Out.ShouldContain("    the audit log has nothing about it yet\n");
        moved.Out.ShouldEndWith("Verified 2 users: 1 as they were left, 1 moved, 0 not known.\n");
        both.Exit.ShouldBe(2, both.Error);
        both.Out.ShouldContain($"unknown  b•••@contoso.com {Bob}");
        both.Out.ShouldContain("    not known: Request_ResourceNotFound");
        both.Out.ShouldEndWith("Verified 2 users: 0 as they were left, 1 moved, 1 not known.\n");
        unread.Exit.ShouldBe(4, unread.Error);
        unread.Out.ShouldEndWith("Verified 2 users: 1 as they were left, 0 moved, 1 not known.\n");
    }

    [Fact]
    public async Task Who_did_it_is_told_as_far_as_the_audit_log_says_and_masked()
    {
        using var cli = Cli.In(Unapproved);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);
        var later = TimeProvider.System.GetUtcNow().AddMinutes(5).UtcDateTime.ToString("O");
        await Rehearsal.ChangeAsync(cli, tenant =>
        {
            Mobile(tenant, Alice)["phoneNumber"] = "+1 2065550177";
            tenant["auditLogs"] = new JsonObject
            {
                ["directoryAudits"] = new JsonArray(
                    Line(later, "User changed default security info", Alice, "\"user\":{\"userPrincipalName\":\"helpdesk@contoso.com\"}"),
                    Line("2020-01-01T00:00:00Z", "Long ago", Alice, "\"app\":{\"displayName\":\"Provisioning\"}"),
                    Line(later, "Of somebody else", Bob, "\"app\":{\"displayName\":\"Provisioning\"}")),
            };
        });

        var masked = await cli.SandboxAsync("verify", "plan.yaml", "--json");
        var revealed = await cli.SandboxAsync("verify", "plan.yaml", "--reveal");

        masked.Exit.ShouldBe(2, masked.Error);
        masked.Out.ShouldNotContain("helpdesk");
        masked.Out.ShouldNotContain("5550177");
        masked.Out.ShouldNotContain("alice");
        var lines = masked.Out.TrimEnd('\n').Split('\n').Select(static line => JsonNode.Parse(line)!).ToList();
        lines.Count.ShouldBe(2);
        ((string)lines[0]["unit"]!["id"]!).ShouldBe(Alice);
        ((string)lines[0]["unit"]!["moved"]!.AsArray().Single()!["id"]!).ShouldBe("phone.mobile");
        ((string)lines[0]["unit"]!["audit"]!.AsArray().Single()!["activity"]!).ShouldBe("User changed default security info");
        lines[1].ToJsonString().ShouldBe("""{"format":1,"result":"moved","units":2,"unmoved":1,"moved":1,"unknown":0,"audit":null}""");
        revealed.Out.ShouldContain("User changed default security info, by helpdesk@contoso.com");
        revealed.Out.ShouldContain("alice@contoso.com");
    }

    [Fact]
    public async Task A_prepared_policy_is_0_when_whole_2_when_moved_with_who_did_it_and_4_when_it_cannot_be_read()
    {
        using var cli = Cli.In("plans/samples/policy");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "prepare")).Exit.ShouldBe(0);
        var later = TimeProvider.System.GetUtcNow().AddMinutes(5).UtcDateTime.ToString("O");

        var whole = await cli.SandboxAsync("verify", "plan.yaml");
        await Rehearsal.ChangeAsync(cli, tenant =>
        {
            Sms(tenant)["state"] = "disabled";
            tenant["auditLogs"] = new JsonObject
            {
                ["directoryAudits"] = new JsonArray(
                    Line(later, "Authentication Methods Policy Update", Alice, "\"user\":{\"userPrincipalName\":\"helpdesk@contoso.com\"}"),
                    Line(later, "Update user", Alice, "\"app\":{\"displayName\":\"Provisioning\"}")),
            };
        });
        var moved = await cli.SandboxAsync("verify", "plan.yaml");
        var json = await cli.SandboxAsync("verify", "plan.yaml", "--json");
        await Rehearsal.ChangeAsync(cli, static tenant => tenant["permissions"] = new JsonArray("User.Read.All", "AuditLog.Read.All"));
        var unread = await cli.SandboxAsync("verify", "plan.yaml");

        (whole.Exit, whole.Out).ShouldBe(
            (0, "Verified 1 tenant-wide object: 1 as they were left, 0 moved, 0 not known.\n"), whole.Error);
        moved.Exit.ShouldBe(2, moved.Error);
        moved.Out.ShouldStartWith("moved    policy/authenticationMethods (run ");
        moved.Out.ShouldContain(
            $"""
                policy.sms
                    before the run: off; names everybody (also to sign in)
                    as it was left: on for group {Everyone}
                    now:            off; names group {Everyone}

            """);
        moved.Out.ShouldContain("Authentication Methods Policy Update, by h•••@contoso.com\n");
        moved.Out.ShouldNotContain("Provisioning");
        moved.Out.ShouldEndWith("0 as they were left, 1 moved, 0 not known.\n");
        var unit = JsonNode.Parse(json.Out.Split('\n')[0])!["unit"]!;
        ((string)unit["id"]!, (string)unit["moved"]![0]!["before"]!).ShouldBe(
            ("policy/authenticationMethods", "off; names everybody (also to sign in)"));
        unread.Exit.ShouldBe(4, unread.Error);
        unread.Out.ShouldContain("    not known: ");
        unread.Out.ShouldEndWith("Verified 1 tenant-wide object: 0 as they were left, 0 moved, 1 not known.\n");
    }

    [Fact]
    public async Task Once_all_stages_are_applied_verify_is_0_for_policy_and_users()
    {
        using var cli = Cli.In("plans/samples/policy");
        await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        await cli.RunAsync("sandbox", "advance", "plan.yaml", "20m");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var whole = await cli.SandboxAsync("verify", "plan.yaml");

        whole.Exit.ShouldBe(0, whole.Out + whole.Error);
        whole.Out.ShouldBe("Verified 1 tenant-wide object and 4 users: 5 as they were left, 0 moved, 0 not known.\n");
    }

    [Fact]
    public async Task The_limit_of_moved_users_of_the_plan_stops_an_apply_and_names_who_moved()
    {
        using var cli = Cli.In(Unapproved);
        await File.AppendAllTextAsync(cli.PathOf("plan.yaml"), "limits: { moved: { users: 0 } }\n", TestContext.Current.CancellationToken);
        (await cli.SandboxAsync("preview", "plan.yaml")).Exit.ShouldBe(0);
        var digest = Path.GetFileNameWithoutExtension(Directory.GetFiles(cli.PathOf(".mfaplan/changes")).Single());
        await Rehearsal.ChangeAsync(cli, static tenant => tenant["users"]![0]!["authentication"]!["phoneMethods"] =
            JsonNode.Parse("""[{ "phoneType": "mobile", "phoneNumber": "+1 2065550777" }]"""));

        var ran = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--digest", digest);

        ran.Exit.ShouldBe(4, ran.Error);
        ran.Error.ShouldContain(Alice);
        ran.Error.ShouldContain("drifted");
        (ran.Error + ran.Out).ShouldContain("limits.moved");
    }

    private static JsonNode? Line(string at, string activity, string user, string by) => JsonNode.Parse(
        $$"""{"activityDateTime":"{{at}}","activityDisplayName":"{{activity}}","result":"success","initiatedBy":{{{by}}},"targetResources":[{"id":"{{user}}","type":"User"}]}""");

    private static JsonNode Sms(JsonNode tenant) =>
        tenant["policies"]!["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]!.AsArray()
            .Single(static row => (string)row!["id"]! == "Sms")!;

    private static JsonNode Mobile(JsonNode tenant, string user) =>
        tenant["users"]!.AsArray().Single(one => (string)one!["id"]! == user)!["authentication"]!["phoneMethods"]!.AsArray()
            .Single(static phone => (string)phone!["phoneType"]! == "mobile")!;
}
