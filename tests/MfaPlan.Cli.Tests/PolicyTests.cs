using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static MfaPlan.Cli.Tests.Rehearsal;

namespace MfaPlan.Cli.Tests;

/// <summary>The sample whose tenant does not allow yet what its plan brings: prepare, wait for the tokens, migrate, and back.</summary>
public sealed partial class PolicyTests
{
    private const string Sample = "plans/samples/policy";

    [Fact]
    public async Task Preview_shows_the_policy_first_and_the_users_as_a_forecast()
    {
        using var cli = Cli.In(Sample);

        var prepare = await cli.SandboxAsync("preview", "plan.yaml", "--report", "report", "--record", "record.jsonl");
        var migrate = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "migrate", "--report", "forecast");

        prepare.Exit.ShouldBe(0, prepare.Error);
        prepare.Error.ShouldNotContain("MFP");
        Golden.ShouldMatch(Stable(prepare.Out), $"{Sample}/expected/prepare.txt");
        Golden.ShouldMatch(Stable(await File.ReadAllTextAsync(cli.PathOf("report/report.md"))), $"{Sample}/expected/report.md");
        var report = await File.ReadAllTextAsync(cli.PathOf("report/report.html"));
        report.ShouldContain("Text messages: switched on for MFA-Migrate-All. This reaches 4 users");
        report.ShouldContain("migrationInProgress");
        JsonNode.Parse(await File.ReadAllTextAsync(cli.PathOf("report/report.json")))!["preview"]!["tenantWide"]!.AsArray()
            .ShouldHaveSingleItem()!["unit"]!.GetValue<string>().ShouldBe("policy/authenticationMethods");
        migrate.Exit.ShouldBe(0, migrate.Error);
        Golden.ShouldMatch(Stable(migrate.Out), $"{Sample}/expected/forecast.txt");
        (await File.ReadAllTextAsync(cli.PathOf("forecast/report.html"))).ShouldContain("A forecast: the prepare stage has changes that come first.");
        (await WritesAsync(cli)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_goes_stage_by_stage_waits_for_the_tokens_and_a_second_apply_sends_nothing()
    {
        using var cli = Cli.In(Sample);

        var first = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--record", "record.jsonl");
        var between = await cli.RunAsync("status", "plan.yaml");

        first.Exit.ShouldBe(4, first.Error);
        first.Error.ShouldContain("MFP4021");
        Golden.ShouldMatch(string.Join('\n', await WritesAsync(cli)) + "\n", $"{Sample}/expected/writes.txt");
        Golden.ShouldMatch(Stable(between.Out), $"{Sample}/expected/status.txt");

        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "20m")).Exit.ShouldBe(0);
        var second = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        File.Delete(cli.PathOf("record.jsonl"));
        var third = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--record", "record.jsonl");

        second.Exit.ShouldBe(0, second.Error);
        second.Out.ShouldContain("Everything is in place.");
        var tenant = await TenantAsync(cli);
        tenant["users"]!.AsArray().Take(4).ShouldAllBe(static user => user!["authentication"]!["phoneMethods"]!.AsArray().Count == 1);
        tenant["directory"]!["hardwareOathDevices"]!.AsArray().ShouldHaveSingleItem()!["status"]!.GetValue<string>().ShouldBe("activated");
        third.Exit.ShouldBe(0, third.Error);
        third.Out.ShouldContain("Nothing to do");
        (await WritesAsync(cli)).ShouldBeEmpty();
    }

    [Fact]
    public async Task User_says_what_the_forecast_says_and_that_the_prepare_stage_comes_first()
    {
        using var cli = Cli.In(Sample);
        var forecast = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "migrate");
        foreach (var name in (string[])["alice", "bob", "carol", "dave"])
        {
            var user = await cli.SandboxAsync("user", "plan.yaml", $"{name}@contoso.com");

            user.Exit.ShouldBe(0, user.Error);
            user.Out.ShouldContain("forecast: the prepare stage has changes that come first");
            PlanOf(user.Out, name).ShouldNotBeEmpty();
            PlanOf(user.Out, name).ShouldBe(PlanOf(forecast.Out, name));
        }

        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "prepare")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("user", "plan.yaml", "alice@contoso.com")).Out.ShouldNotContain("forecast");
    }

    [Fact]
    public async Task Rollback_of_prepare_restores_the_policy_as_it_was()
    {
        using var cli = Cli.In(Sample);
        var before = Policy(JsonNode.Parse(await File.ReadAllTextAsync(cli.PathOf("tenant.json")))!);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "prepare")).Exit.ShouldBe(0);
        JsonNode.DeepEquals(before, Policy(await TenantAsync(cli))).ShouldBeFalse();

        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes");
        var status = await cli.RunAsync("status", "plan.yaml");

        back.Exit.ShouldBe(0, back.Error);
        var after = Policy(await TenantAsync(cli));
        JsonNode.DeepEquals(before, after).ShouldBeTrue(after.ToJsonString());
        status.Out.ShouldContain("stage    prepare  undone");
    }

    [Fact]
    public async Task Rollback_of_prepare_is_refused_where_users_would_be_locked_out_by_it()
    {
        using var cli = Cli.In(Sample);
        await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        await cli.RunAsync("sandbox", "advance", "plan.yaml", "20m");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);
        var prepare = FirstRun().Match((await cli.RunAsync("status", "plan.yaml")).Out).Groups["it"].Value;

        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--run", prepare);
        var one = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--run", prepare, "--user", "alice@contoso.com");

        back.Exit.ShouldBe(5, back.Error);
        back.Error.ShouldContain("MFP3115");
        one.Exit.ShouldBe(64, one.Error);
    }

    /// <summary>The lines of one user, from the name to the next line that stands as far left.</summary>
    private static List<string> PlanOf(string screen, string name) =>
        [.. screen.Split('\n').SkipWhile(line => !line.StartsWith($"  {name[0]}•••@", StringComparison.Ordinal))
            .TakeWhile((line, at) => at == 0 || line.StartsWith("    ", StringComparison.Ordinal))];

    /// <summary>The configurations that the plan touches, with what the sandbox adds when it writes them, members sorted.</summary>
    private static JsonObject Policy(JsonNode tenant) => new(tenant["policies"]!["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]!.AsArray()
        .Where(static row => (string)row!["id"]! is "Sms" or "Voice" or "HardwareOath" or "MicrosoftAuthenticator")
        .OrderBy(static row => (string)row!["id"]!, StringComparer.Ordinal)
        .Select(static row => KeyValuePair.Create((string)row!["id"]!, (JsonNode?)Configuration(row.AsObject()))));

    private static JsonObject Configuration(JsonObject row)
    {
        var configuration = row.DeepClone().AsObject();
        configuration.Remove("@odata.type");
        configuration.TryAdd("excludeTargets", new JsonArray());
        return configuration;
    }

    [GeneratedRegex("^run +(?<it>[0-9a-f]{8})", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex FirstRun();
}
