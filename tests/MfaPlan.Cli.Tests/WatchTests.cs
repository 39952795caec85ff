using System.Globalization;
using System.Text.Json.Nodes;
using static MfaPlan.Cli.Tests.CutOverTests;

namespace MfaPlan.Cli.Tests;

/// <summary>The watch after a cut-over: sign-ins of the sandbox, the advice, the way back, the journal.</summary>
public sealed class WatchTests
{
    private static readonly Guid[] Sample = [IdOf(1), IdOf(2), IdOf(3)];
    private static readonly Guid[] Many = [.. Enumerable.Range(0, 40).Select(static number => IdOf(0x1000 + number))];

    [Fact]
    public async Task It_is_not_over_before_its_time_and_then_goes_on_and_stands_in_the_status_and_in_the_evidence()
    {
        using var cli = await SwitchedAsync();
        await SignInsAsync(cli, [.. Sample.Select(static user => Row(user, 25))]);
        var unwatched = await cli.RunAsync("status", "plan.yaml");
        var early = await cli.SandboxAsync("watch", "plan.yaml", "--json");
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "49h")).Exit.ShouldBe(0);

        var over = await cli.SandboxAsync("watch", "plan.yaml", "--record", "record.jsonl");
        var status = await cli.RunAsync("status", "plan.yaml");
        var pack = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");

        (early.Exit, over.Exit, pack.Exit).ShouldBe((4, 0, 0), early.Out + over.Out + over.Error);
        early.Error.ShouldContain("MFP4075");
        ((string?)JsonNode.Parse(early.Out)!["advice"]).ShouldBe("notYetKnown");
        Golden.ShouldMatch(Stable(over.Out), "plans/samples/cut-over/expected/watch.txt");
        unwatched.Out.ShouldContain("not watched yet");
        status.Out.ShouldContain(": go on\n");
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
        (await File.ReadAllTextAsync(cli.PathOf("pack/gates.jsonl"), TestContext.Current.CancellationToken)).ShouldContain("cutOver");
    }

    [Fact]
    public async Task More_users_who_fail_than_before_stop_it_at_once_with_the_command_that_brings_the_domain_back()
    {
        using var cli = await SwitchedAsync(static cli => Join(cli, Accept));
        await SignInsAsync(cli, [.. Many.Select(static user => Row(user, -30)), .. Many.Select(static (user, at) => Row(user, 0.9, at < 6 ? 500121 : 0))]);
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "1h")).Exit.ShouldBe(0);

        var stop = await cli.SandboxAsync("watch", "plan.yaml");
        var again = await cli.SandboxAsync("watch", "plan.yaml", "--json");
        var digest = Digest(await cli.SandboxAsync("rollback", "plan.yaml", "--domain", "contoso.com", "--print"));
        foreach (var who in (string[])["dana", "erin"])
        {
            (await cli.RunAsync("approve", digest, "--key", who)).Exit.ShouldBe(0);
        }

        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--domain", "contoso.com", "--yes");
        var nothing = await cli.SandboxAsync("watch", "plan.yaml");

        (stop.Exit, again.Exit, back.Exit, nothing.Exit).ShouldBe((5, 5, 0, 4), stop.Out + stop.Error + back.Error);
        stop.Error.ShouldContain("MFP4076: Stop");
        stop.Error.ShouldContain("mfaplan rollback plan.yaml --domain contoso.com");
        stop.Out.ShouldContain("6 whose last try failed");
        var document = JsonNode.Parse(again.Out)!;
        ((string?)document["advice"], (int?)document["baseline"]!["seenUsers"], (string?)document["back"]![0]!["kind"]).ShouldBe(("stop", 40, "automatic"));
        (await BehaviourAsync(cli)).ShouldBe(Accept);
        nothing.Error.ShouldContain("MFP4074");
    }

    [Fact]
    public async Task Where_nothing_leads_back_it_says_so_with_the_stop()
    {
        using var cli = await SwitchedAsync(static cli => Join(cli, "enforceMfaByFederatedIdp"));
        await SignInsAsync(cli, [.. Many.Select(static user => Row(user, -30)), .. Many.Select(static (user, at) => Row(user, 0.9, at < 6 ? 500121 : 0))]);
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "1h")).Exit.ShouldBe(0);

        var stop = await cli.SandboxAsync("watch", "plan.yaml");

        stop.Exit.ShouldBe(5, stop.Out);
        stop.Error.ShouldContain("No domain can be brought back");
        stop.Error.ShouldNotContain("mfaplan rollback");
        stop.Out.ShouldContain("dead server");
    }

    [Theory]
    [InlineData("AuditLog.Read.All", "signIns")]
    [InlineData("User.Read.All", "switched")]
    public async Task What_may_not_be_read_never_says_go_on(string lacking, string criterion)
    {
        using var cli = await SwitchedAsync();
        await SignInsAsync(cli, [.. Sample.Select(static user => Row(user, 25))]);
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "49h")).Exit.ShouldBe(0);
        string[] all = ["AuditLog.Read.All", "User.Read.All", "Domain.Read.All", "Domain-InternalFederation.Read.All", "UserAuthenticationMethod.Read.All", "Policy.Read.All"];
        await Rehearsal.ChangeAsync(cli, tenant => tenant["permissions"] = new JsonArray([.. all.Where(one => one != lacking).Select(static one => JsonValue.Create(one))]));

        var watch = await cli.SandboxAsync("watch", "plan.yaml", "--json");

        watch.Exit.ShouldBe(4, watch.Out + watch.Error);
        JsonNode.Parse(watch.Out)!["criteria"]!.AsArray().Single(one => (string?)one!["name"] == criterion)!["result"]!.GetValue<string>().ShouldBe("notYetKnown");
    }

    /// <summary>Forty users more, who can answer, in a domain whose behaviour is given.</summary>
    private static void Join(Cli cli, string behaviour)
    {
        ReplaceIn(cli, "tenant.json", Accept, behaviour);
        var tenant = JsonNode.Parse(File.ReadAllText(cli.PathOf("tenant.json")))!;
        foreach (var (user, number) in Many.Select(static (user, number) => (user, number)))
        {
            tenant["users"]!.AsArray().Add(JsonNode.Parse($$"""
                {"id":"{{user}}","userPrincipalName":"user{{number}}@contoso.com","accountEnabled":true,"userType":"Member","onPremisesSyncEnabled":true,
                 "authentication":{"microsoftAuthenticatorMethods":[{"id":"{{user}}","displayName":"Phone","deviceTag":"SoftwareTokenActivated"}] } }
                """));
        }

        File.WriteAllText(cli.PathOf("tenant.json"), tenant.ToJsonString());
    }

    private static Task SignInsAsync(Cli cli, JsonNode[] rows) =>
        Rehearsal.ChangeAsync(cli, tenant => tenant["auditLogs"] = new JsonObject { ["signIns"] = new JsonArray(rows) });

    private static JsonObject Row(Guid user, double hours, int code = 0) => new()
    {
        ["userId"] = user.ToString(),
        ["createdDateTime"] = TimeProvider.System.GetUtcNow().AddHours(hours).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["status"] = new JsonObject { ["errorCode"] = code },
        ["authenticationRequirement"] = "multiFactorAuthentication",
        ["tokenIssuerType"] = "AzureAD",
        ["authenticationDetails"] = new JsonArray(new JsonObject { ["authenticationMethod"] = "SMS", ["succeeded"] = code == 0 }),
    };

    private static Guid IdOf(int number) => Guid.Parse($"00000000-0000-4000-8000-{number:x12}");
}
