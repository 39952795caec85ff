using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MfaPlan.Cli.Tests.Evidence;

namespace MfaPlan.Cli.Tests;

/// <summary>The road of the README on the sample, with its expected outputs beside it.</summary>
public sealed partial class QuickstartTests
{
    private const string Sample = "plans/samples/quickstart";

    [Fact]
    public async Task Apply_migrates_the_sample_and_says_what_it_did_and_what_it_left()
    {
        using var cli = Cli.In(Sample);

        var ran = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        ran.Exit.ShouldBe(0, ran.Error);
        Golden.ShouldMatch(Stable(ran.Out), $"{Sample}/expected/apply.txt");
        var tenant = await cli.RunAsync("sandbox", "show", "plan.yaml");
        Golden.ShouldMatch(Times().Replace(tenant.Out, "\"TIME\""), $"{Sample}/expected/tenant.json");
    }

    [Fact]
    public async Task The_reports_of_a_preview_are_as_expected_and_the_same_each_time()
    {
        using var cli = Cli.In(Sample);

        var first = await cli.SandboxAsync("preview", "plan.yaml", "--report", "report");
        var second = await cli.SandboxAsync("preview", "plan.yaml", "--detailed-exitcode");

        first.Exit.ShouldBe(0, first.Error);
        second.Exit.ShouldBe(2);
        Digests().Match(second.Out).Value.ShouldBe(Digests().Match(first.Out).Value);
        foreach (var file in new[] { "report.md", "report.html", "report.json", "users.jsonl" })
        {
            Golden.ShouldMatch(Stable(await File.ReadAllTextAsync(cli.PathOf($"report/{file}"))), $"{Sample}/expected/{file}");
        }
    }

    [Fact]
    public async Task The_same_apply_again_sends_no_write()
    {
        using var cli = Cli.In(Sample);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var again = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--record", "record.jsonl");

        again.Exit.ShouldBe(0, again.Error);
        again.Out.ShouldContain("Nothing to do");
        var requests = (await File.ReadAllLinesAsync(cli.PathOf("record.jsonl"))).Select(static line => JsonNode.Parse(line)!).ToList();
        requests.Count.ShouldBeGreaterThan(10);
        requests.Where(static line => (string)line["method"]! != "GET").ShouldAllBe(static line =>
            ((string)line["path"]!).EndsWith("/$batch") || ((string)line["path"]!).EndsWith("/getByIds"));
    }

    [Fact]
    public async Task Rollback_restores_the_tenant_except_for_the_users_whom_it_names()
    {
        using var cli = Cli.In(Sample);
        var before = await AuthenticationAsync(cli, start: true);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes");

        back.Exit.ShouldBe(0, back.Error);
        var named = NamedUsers().Matches(back.Out).Select(static match => match.Groups["id"].Value).ToHashSet();
        var after = await AuthenticationAsync(cli, start: false);
        before.Keys.Where(id => !named.Contains(id)).ShouldAllBe(id => before[id] == after[id]);
        before.Keys.Count(id => !named.Contains(id) && id.StartsWith("00000000-0000-4000-8000-0000000000")).ShouldBeGreaterThan(10);
        Golden.ShouldMatch(Stable(back.Out), $"{Sample}/expected/rollback.txt");
    }

    [Fact]
    public async Task Nothing_personal_stands_in_clear_in_state_record_reports_or_on_the_screen()
    {
        using var cli = Cli.In(Sample);
        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--report", "report", "--record", "record.jsonl");
        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--record", "record.jsonl");
        var user = await cli.SandboxAsync("user", "plan.yaml", "heidi@contoso.com");
        var status = await cli.RunAsync("status", "plan.yaml", "--json");
        var secrets = Packs.SecretsOf(cli);
        secrets.Count.ShouldBeGreaterThan(50);

        var texts = Directory.EnumerateFiles(cli.PathOf(".mfaplan"), "*", SearchOption.AllDirectories)
            .Where(static path => !path.Contains("/sandbox/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(cli.PathOf("report")))
            .ToDictionary(static path => path, static path => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        texts.Count.ShouldBeGreaterThan(6);
        foreach (var (ran, name) in new[] { (preview, "preview"), (apply, "apply"), (user, "user"), (status, "status") })
        {
            texts[name] = ran.Out + ran.Error;
        }

        foreach (var (name, text) in texts)
        {
            foreach (var secret in secrets)
            {
                text.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{name} holds a value that ends with {secret[^4..]}");
            }
        }

        var record = await File.ReadAllTextAsync(cli.PathOf("record.jsonl"));
        Packs.SecretsOf(cli).Where(static secret => secret.All(char.IsAsciiDigit)).ShouldAllBe(secret => !record.Contains(secret));
        (await cli.SandboxAsync("user", "plan.yaml", "heidi@contoso.com", "--reveal")).Out.ShouldContain("+44 7700900888");
    }

    [Fact]
    public async Task A_moved_phone_is_skipped_and_a_moved_plan_policy_or_scope_refuses_the_run_by_name()
    {
        using var cli = Cli.In(Sample);
        await cli.SandboxAsync("preview", "plan.yaml");
        var digest = Path.GetFileNameWithoutExtension(Directory.GetFiles(cli.PathOf(".mfaplan/changes")).Single());
        await Rehearsal.ChangeAsync(cli, tenant => User(tenant, 1)["authentication"]!["phoneMethods"] =
            JsonNode.Parse("""[{ "phoneType": "mobile", "phoneNumber": "+1 2065550777" }]"""));

        var skipped = await cli.SandboxAsync("apply", "plan.yaml", "--digest", digest, "--yes");

        skipped.Exit.ShouldBe(4);
        skipped.Error.ShouldContain("drifted");
        skipped.Error.ShouldContain("00000000-0000-4000-8000-000000000001");
        (await cli.SandboxAsync("apply", "plan.yaml", "--digest", digest, "--yes")).Error.ShouldContain("MFP4006");

        await cli.SandboxAsync("preview", "plan.yaml");
        var next = Directory.GetFiles(cli.PathOf(".mfaplan/changes")).Select(Path.GetFileNameWithoutExtension).Single(name => name != digest)!;
        await Rehearsal.ChangeAsync(cli, static tenant => tenant["groups"]![0]!["members"]!.AsArray().RemoveAt(0));
        var moved = await cli.SandboxAsync("apply", "plan.yaml", "--digest", next, "--yes");
        (moved.Exit, moved.Error.Contains("scope (27 then, 26 now)", StringComparison.Ordinal)).ShouldBe((5, true), moved.Error);

        await File.AppendAllTextAsync(cli.PathOf("plan.yaml"), "#");
        var edited = await cli.SandboxAsync("apply", "plan.yaml", "--digest", next, "--yes");
        (edited.Exit, edited.Error.Contains("MFP4001", StringComparison.Ordinal)).ShouldBe((5, true), edited.Error);
    }

    [Fact]
    public async Task One_changed_character_of_a_stored_change_set_is_refused()
    {
        using var cli = Cli.In(Sample);
        await cli.SandboxAsync("preview", "plan.yaml");
        var file = Directory.GetFiles(cli.PathOf(".mfaplan/changes")).Single();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        var ran = await cli.SandboxAsync("apply", "plan.yaml", "--digest", Path.GetFileNameWithoutExtension(file), "--yes");

        ran.Exit.ShouldBe(5);
        ran.Error.ShouldContain("MFP4014");
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digests();

    [GeneratedRegex(@"(?m)^Run [0-9a-f]{8}")]
    private static partial Regex Runs();

    [GeneratedRegex(@"rollback of( run)? [0-9a-f]{8}")]
    private static partial Regex Undone();

    [GeneratedRegex("\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[^\"]*\"")]
    private static partial Regex Times();

    [GeneratedRegex(@"(?m)^  \S+ (?<id>[0-9a-f-]{36}) \([^)]*\)\n(    [~+].*\n)*    (MFP30)")]
    private static partial Regex NamedUsers();

    private static string Stable(string text) =>
        Undone().Replace(Runs().Replace(Digests().Replace(text, "DIGEST"), "Run RUN"), "rollback of RUN");

    private static JsonNode User(JsonNode tenant, int number) =>
        tenant["users"]!.AsArray().Single(user => ((string)user!["id"]!).EndsWith($"{number:x12}", StringComparison.Ordinal))!;

    private static async Task<Dictionary<string, string>> AuthenticationAsync(Cli cli, bool start)
    {
        if (start)
        {
            await cli.SandboxAsync("preview", "plan.yaml");
        }

        var shown = await cli.RunAsync("sandbox", "show", "plan.yaml");
        return JsonNode.Parse(shown.Out)!["users"]!.AsArray()
            .ToDictionary(static user => (string)user!["id"]!, static user => Times().Replace(user!["authentication"]?.ToJsonString() ?? "", "TIME"));
    }
}
