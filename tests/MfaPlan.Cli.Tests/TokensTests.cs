using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MfaPlan.Sandbox;

namespace MfaPlan.Cli.Tests;

/// <summary>
/// The sample with tokens, from its files to a token that is active. Its seeds are made of their numbers, so that the tests know them without
/// the readers: nina 1 and rita 5 are in the vendor's PSKC file, omar 2, petra 3, quinn 4, sven 6 and tara 7 in the CSV file.
/// </summary>
public sealed partial class TokensTests
{
    private const string Sample = "plans/samples/tokens";

    private static byte[] Seed(int number) => SHA256.HashData(Encoding.UTF8.GetBytes($"plans/samples/tokens {number}"))[..(number == 3 ? 32 : 20)];

    [Fact]
    public async Task Apply_brings_tokens_and_phones_and_names_what_it_left()
    {
        using var cli = Cli.In(Sample);

        var ran = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        ran.Exit.ShouldBe(0, ran.Error);
        ran.Error.ShouldContain("MFP5120"); // tara's seed is no Base32
        Golden.ShouldMatch(Runs().Replace(Digests().Replace(ran.Out, "DIGEST"), "Run RUN"), $"{Sample}/expected/apply.txt");
        var users = (await TenantAsync(cli))["users"]!.AsArray().Take(7).ToList();
        users.ShouldAllBe(static user => user!["authentication"]!["phoneMethods"]!.AsArray().Count == 1);
    }

    [Fact]
    public async Task What_the_users_app_shows_is_what_Entra_now_takes()
    {
        using var cli = Cli.In(Sample);
        await using var sandbox = await StartAsync(cli);

        (await cli.RunAsync("apply", "plan.yaml", "--yes", "--sandbox", sandbox.BaseAddress.ToString())).Exit.ShouldBe(0);

        using var graph = new HttpClient { BaseAddress = sandbox.BaseAddress };
        foreach (var (user, seconds, sha256) in new[] { (1, 30, false), (2, 30, false), (3, 60, true) })
        {
            var token = (await UsersApp.DevicesAsync(graph, user)).ShouldHaveSingleItem();
            token.GetProperty("status").GetString().ShouldBe("activated");
            token.GetProperty("assignedTo").GetProperty("id").GetString().ShouldBe(UsersApp.Id(user));
            (await UsersApp.TryCodeAsync(graph, user, token, UsersApp.Code(Seed(user), seconds, sha256))).ShouldBe(HttpStatusCode.NoContent);
            (await UsersApp.TryCodeAsync(graph, user, token, UsersApp.Code(Seed(user + 1), seconds, sha256))).ShouldBe(HttpStatusCode.BadRequest);
        }

        foreach (var user in new[] { 4, 5, 7 })
        {
            (await UsersApp.DevicesAsync(graph, user)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_same_apply_again_sends_no_write()
    {
        using var cli = Cli.In(Sample);
        await File.AppendAllTextAsync(cli.PathOf("plan.yaml"), "limits: { overwrites: 0 }\n");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);
        await EditAsync(cli, "plan.yaml", static text => text.Replace("groups: [MFA-Migrate-All]", "groups: [MFA-Migrate-All]\n  only: all", StringComparison.Ordinal));

        var again = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--record", "record.jsonl");

        again.Exit.ShouldBe(0, again.Error);
        again.Out.ShouldContain("Nothing to do");
        again.Out.ShouldContain("MFP3035"); // they are looked at, and found
        var requests = (await File.ReadAllLinesAsync(cli.PathOf("record.jsonl"))).Select(static line => JsonNode.Parse(line)!).ToList();
        requests.ShouldContain(static line => ((string)line["path"]!).EndsWith("/hardwareOathDevices"));
        requests.Where(static line => (string)line["method"]! != "GET").ShouldAllBe(static line =>
            ((string)line["path"]!).EndsWith("/$batch") || ((string)line["path"]!).EndsWith("/getByIds"));
    }

    [Fact]
    public async Task Rollback_removes_what_was_brought_and_keeps_a_last_method_and_what_was_there()
    {
        using var cli = Cli.In(Sample);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);
        (await SerialsAsync(cli)).ShouldBe(["SMPL-0001", "SMPL-0002", "SMPL-0003", "SMPL-0006"]);

        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes");

        back.Exit.ShouldBe(0, back.Error);
        (await SerialsAsync(cli)).ShouldBe(["SMPL-0001", "SMPL-0002", "SMPL-0006"]); // petra has an app besides; nina and omar have nothing else
        back.Out.ShouldContain("MFP3061");
    }

    [Fact]
    public async Task With_a_wrong_clock_no_code_is_sent_and_the_next_apply_makes_up_for_it()
    {
        using var cli = Cli.In(Sample);
        var time = new AheadTime();
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { TenantFile = cli.PathOf("tenant.json"), Time = time }, TestContext.Current.CancellationToken);
        await using (var proxy = KillingProxy.Start(sandbox.BaseAddress, killAt: 1, () =>
        {
            time.Ahead = TimeSpan.FromMinutes(10); // since the runner asked for the tenant's clock
            return false;
        }))
        {
            var ran = await cli.RunAsync("apply", "plan.yaml", "--yes", "--sandbox", proxy.Address.ToString());

            ran.Exit.ShouldBe(4, ran.Error);
            (ran.Out + ran.Error).ShouldContain("ClockSkew");
        }

        using var graph = new HttpClient { BaseAddress = sandbox.BaseAddress };
        (await UsersApp.DevicesAsync(graph, 1)).ShouldHaveSingleItem().GetProperty("status").GetString().ShouldBe("assigned");
        (await PhonesAsync(graph, 1)).ShouldBe(1);
        (await PhonesAsync(graph, 2)).ShouldBe(1);

        (await cli.RunAsync("apply", "plan.yaml", "--yes", "--sandbox", sandbox.BaseAddress.ToString())).Exit.ShouldBe(0);
        (await UsersApp.DevicesAsync(graph, 1)).ShouldHaveSingleItem().GetProperty("status").GetString().ShouldBe("activated");
    }

    [Fact]
    public async Task A_seed_that_is_not_the_tokens_is_refused_and_the_users_phone_is_brought_all_the_same()
    {
        using var cli = Cli.In(Sample);
        await EditAsync(cli, "tenant.json", static text =>
        {
            var tenant = JsonNode.Parse(text)!;
            tenant["directory"]!["hardwareOathDevices"]!.AsArray().Add(new JsonObject
            {
                ["serialNumber"] = "SMPL-0001",
                ["manufacturer"] = "Contoso",
                ["model"] = "SampleKey",
                ["secretKey"] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
            });
            return tenant.ToJsonString();
        });

        var ran = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        ran.Exit.ShouldBe(4, ran.Error);
        (ran.Out + ran.Error).ShouldContain("refused");
        var tenant = await TenantAsync(cli);
        tenant["users"]![0]!["authentication"]!["phoneMethods"]!.AsArray().Count.ShouldBe(1);
        tenant["directory"]!["hardwareOathDevices"]!.AsArray()
            .Count(static device => (string)device!["status"]! == "activated").ShouldBe(3);
    }

    [Fact]
    public async Task The_key_of_a_token_file_may_stand_in_the_environment_and_a_wrong_one_stops_before_anything_is_written()
    {
        using var cli = Cli.In(Sample);
        await EditAsync(cli, "plan.yaml", static text => text.Replace("key: { file: seeds/vendor.key }", "key: { env: SEED_KEY }", StringComparison.Ordinal));

        var without = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        cli.Environment["SEED_KEY"] = new string('0', 32);
        var wrong = await cli.SandboxAsync("preview", "plan.yaml");
        cli.Environment["SEED_KEY"] = (await File.ReadAllTextAsync(cli.PathOf("seeds/vendor.key"))).Trim();
        var right = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        (without.Exit, without.Error.Contains("MFP5018", StringComparison.Ordinal)).ShouldBe((1, true), without.Error);
        (wrong.Exit, wrong.Error.Contains("MFP5125", StringComparison.Ordinal)).ShouldBe((3, true), wrong.Error);
        right.Exit.ShouldBe(0, right.Error);
        (await SerialsAsync(cli)).ShouldContain("SMPL-0001");
    }

    [Fact]
    public async Task No_seed_stands_in_state_record_reports_or_on_the_screen()
    {
        using var cli = Cli.In(Sample);
        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--report", "report", "--record", "record.jsonl", "--reveal");
        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--record", "record.jsonl", "--reveal");
        var user = await cli.SandboxAsync("user", "plan.yaml", "nina@contoso.com", "--reveal");
        var status = await cli.RunAsync("status", "plan.yaml", "--json");
        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--record", "record.jsonl", "--reveal");
        var secrets = Enumerable.Range(1, 7).SelectMany(static number => Spellings(Seed(number)))
            .Append((await File.ReadAllTextAsync(cli.PathOf("seeds/vendor.key"))).Trim()).ToList();
        (await File.ReadAllTextAsync(cli.PathOf("seeds/upload.csv"))).ShouldContain(secrets[5]); // they are the sample's

        var texts = Directory.EnumerateFiles(cli.PathOf(".mfaplan"), "*", SearchOption.AllDirectories)
            .Where(static path => !path.Contains("/sandbox/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(cli.PathOf("report")))
            .Append(cli.PathOf("record.jsonl"))
            .ToDictionary(static path => path, static path => Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        texts.Count.ShouldBeGreaterThan(7);
        foreach (var (ran, name) in new[] { (preview, "preview"), (apply, "apply"), (user, "user"), (status, "status"), (back, "rollback") })
        {
            texts[name] = ran.Out + ran.Error;
        }

        texts[cli.PathOf("record.jsonl")].ShouldContain("/activate");
        foreach (var (name, text) in texts)
        {
            secrets.ShouldAllBe(secret => !text.Contains(secret, StringComparison.OrdinalIgnoreCase), name);
        }
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digests();

    [GeneratedRegex("(?m)^Run [0-9a-f]{8}")]
    private static partial Regex Runs();

    private static IEnumerable<string> Spellings(byte[] seed) =>
        [Convert.ToHexStringLower(seed), Base32(seed), Encoding.Latin1.GetString(seed), Convert.ToBase64String(seed).TrimEnd('=')];

    private static string Base32(byte[] bytes)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < bytes.Length * 8; bit += 5)
        {
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            text.Append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(pair >> (11 - (bit % 8))) & 31]);
        }

        return text.ToString();
    }

    private static Task<SandboxServer> StartAsync(Cli cli) => SandboxServer.StartAsync(
        new SandboxOptions { TenantFile = cli.PathOf("tenant.json") }, TestContext.Current.CancellationToken);

    private static async Task<int> PhonesAsync(HttpClient graph, int user) =>
        (await graph.GetFromJsonAsync<JsonElement>($"v1.0/users/{UsersApp.Id(user)}/authentication/phoneMethods")).GetProperty("value").GetArrayLength();

    private static async Task<JsonNode> TenantAsync(Cli cli) => JsonNode.Parse((await cli.RunAsync("sandbox", "show", "plan.yaml")).Out)!;

    private static async Task<List<string>> SerialsAsync(Cli cli) =>
        [.. (await TenantAsync(cli))["directory"]!["hardwareOathDevices"]!.AsArray().Select(static device => (string)device!["serialNumber"]!).Order(StringComparer.Ordinal)];

    private static async Task EditAsync(Cli cli, string file, Func<string, string> edit) =>
        await File.WriteAllTextAsync(cli.PathOf(file), edit(await File.ReadAllTextAsync(cli.PathOf(file))));

    /// <summary>A machine whose clock somebody moves.</summary>
    private sealed class AheadTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
