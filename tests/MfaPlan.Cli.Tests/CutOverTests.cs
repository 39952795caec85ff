using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests;

/// <summary>The sample whose federated domain is switched: signed by two, in its window, proved again, and back.</summary>
public sealed partial class CutOverTests
{
    private const string Sample = "plans/samples/cut-over";
    internal const string Accept = "acceptIfMfaDoneByFederatedIdp";
    internal const string Reject = "rejectMfaByFederatedIdp";

    [Fact]
    public async Task Preview_shows_the_domain_and_every_user_and_writes_nothing()
    {
        using var cli = await MigratedAsync();

        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "cutOver", "--unchanged", "--report", "report", "--record", "record.jsonl");

        preview.Exit.ShouldBe(0, preview.Error);
        Golden.ShouldMatch(Stable(preview.Out), $"{Sample}/expected/preview.txt");
        Golden.ShouldMatch(Stable(await File.ReadAllTextAsync(cli.PathOf("report/report.md"))), $"{Sample}/expected/report.md");
        (await File.ReadAllTextAsync(cli.PathOf("report/report.html"))).ShouldContain("federatedIdpMfaBehavior of contoso.com goes from");
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_an_earlier_stage_is_not_seen_through_it_is_a_forecast_and_is_not_applied()
    {
        using var cli = Cli.In(Sample);
        OpenAlways(cli);

        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "cutOver");
        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--stage", "cutOver", "--yes", "--record", "record.jsonl");

        preview.Out.ShouldContain("forecast an earlier stage was not seen through yet");
        apply.Exit.ShouldBe(5);
        apply.Error.ShouldContain("MFP4020");
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_applied_once_two_have_signed_a_second_apply_sends_nothing_and_the_way_back_restores_what_was()
    {
        using var cli = await MigratedAsync();
        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml", "--stage", "cutOver"));

        (await cli.RunAsync("approve", digest, "--key", "dana")).Exit.ShouldBe(0);
        var one = await cli.SandboxAsync("apply", "plan.yaml", "--stage", "cutOver", "--yes", "--record", "record.jsonl");
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
        (await cli.RunAsync("approve", digest, "--key", "erin")).Exit.ShouldBe(0);
        var two = await cli.SandboxAsync("apply", "plan.yaml", "--stage", "cutOver", "--yes", "--record", "record.jsonl");
        var writes = await Rehearsal.WritesAsync(cli);
        var status = await cli.RunAsync("status", "plan.yaml");
        File.Delete(cli.PathOf("record.jsonl"));
        var again = await cli.SandboxAsync("apply", "plan.yaml", "--stage", "cutOver", "--yes", "--record", "record.jsonl");

        one.Exit.ShouldBe(5);
        one.Error.ShouldContain("MFP4030");
        two.Exit.ShouldBe(0, two.Error);
        Golden.ShouldMatch(string.Join('\n', writes) + "\n", $"{Sample}/expected/writes.txt");
        Golden.ShouldMatch(Stable(status.Out), $"{Sample}/expected/status.txt");
        again.Exit.ShouldBe(0, again.Error);
        again.Out.ShouldContain("every domain of the cut-over is as the plan wants");
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
        (await BehaviourAsync(cli)).ShouldBe(Reject);

        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--print", "--domain", "contoso.com");
        var back64 = Digest(back);
        (await cli.RunAsync("approve", back64, "--key", "dana")).Exit.ShouldBe(0);
        (await cli.RunAsync("approve", back64, "--key", "erin")).Exit.ShouldBe(0);
        var done = await cli.SandboxAsync("rollback", "plan.yaml", "--yes");

        done.Exit.ShouldBe(0, done.Error);
        (await BehaviourAsync(cli)).ShouldBe(Accept);
        (await cli.RunAsync("status", "plan.yaml")).Out.ShouldNotContain("cutover  switched");
    }

    [Fact]
    public async Task Outside_of_the_window_nothing_is_written_until_the_clock_of_the_tenant_is_in_it()
    {
        using var cli = await MigratedAsync(always: false);
        var time = cli.Host().Time;
        var opens = time.GetUtcNow().UtcDateTime.AddDays(2);
        Replace(cli, "\"Sat 06:00-10:00 Europe/Berlin\"", string.Create(CultureInfo.InvariantCulture, $"\"{opens:ddd} 12:00-13:00 UTC\""));
        var digest = Digest(await SignedAsync(cli));

        var early = await cli.SandboxAsync("apply", "plan.yaml", "--digest", digest, "--yes", "--record", "record.jsonl");
        var wait = opens.Date.AddHours(12).AddMinutes(20) - time.GetUtcNow().UtcDateTime;
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", string.Create(CultureInfo.InvariantCulture, $"{(int)wait.TotalMinutes}m"))).Exit.ShouldBe(0);
        var open = await cli.SandboxAsync("apply", "plan.yaml", "--digest", digest, "--yes");

        early.Exit.ShouldBe(4);
        early.Error.ShouldContain("MFP4071");
        early.Error.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"opens at {opens:yyyy-MM-dd} 12:00:00Z"));
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
        open.Exit.ShouldBe(0, open.Error);
        (await BehaviourAsync(cli)).ShouldBe(Reject);
    }

    [Theory]
    [InlineData("method", "MFP3197")]
    [InlineData("newcomer", "MFP4003")]
    [InlineData("exceptions", "MFP4003")]
    public async Task What_moved_between_signature_and_apply_refuses_before_the_first_write(string what, string code)
    {
        using var cli = await MigratedAsync();
        var digest = Digest(await SignedAsync(cli));
        switch (what)
        {
            case "exceptions":
                await File.AppendAllTextAsync(cli.PathOf("exceptions.csv"), "bob@contoso.com,owner@contoso.com,Later,2999-01-01\n");
                break;
            case "method":
                await ChangeAsync(cli, static users => users[1]!["authentication"]!.AsObject().Remove("microsoftAuthenticatorMethods"));
                break;
            default:
                await ChangeAsync(cli, static users => users.Add(JsonNode.Parse(
                    """{"id":"00000000-0000-4000-8000-000000000009","userPrincipalName":"dave@dev.contoso.com","accountEnabled":true,"userType":"Member","authentication":{}}""")));
                break;
        }

        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--digest", digest, "--yes", "--record", "record.jsonl");

        apply.Exit.ShouldBe(5, apply.Error);
        apply.Error.ShouldContain(code);
        (await Rehearsal.WritesAsync(cli)).ShouldBeEmpty();
        (await BehaviourAsync(cli)).ShouldBe(Accept);
    }

    [Fact]
    public async Task The_way_back_is_undone_as_a_whole()
    {
        using var cli = await MigratedAsync();
        await SignedAsync(cli);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var one = await cli.SandboxAsync("rollback", "plan.yaml", "--yes", "--user", "bob@contoso.com");

        one.Exit.ShouldBe(64);
        one.Error.ShouldContain("MFP4008");
        (await BehaviourAsync(cli)).ShouldBe(Reject);
    }

    /// <summary>The sample with two signers, its migration done.</summary>
    internal static async Task<Cli> MigratedAsync(bool always = true, Action<Cli>? change = null)
    {
        var cli = Cli.In(Sample);
        change?.Invoke(cli);
        File.WriteAllText(cli.PathOf("allowed_signers"), "");
        if (always)
        {
            OpenAlways(cli);
        }

        foreach (var who in (string[])["dana", "erin"])
        {
            SshKeys.Make(cli, who);
            SshKeys.Allow(cli, $"{who}@contoso.com", who);
        }

        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml", "--stage", "migrate"));
        (await cli.RunAsync("approve", digest, "--key", "dana")).Exit.ShouldBe(0);
        var migrated = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        migrated.Exit.ShouldBe(0, migrated.Error);
        return cli;
    }

    internal static async Task<Ran> SignedAsync(Cli cli)
    {
        var preview = await cli.SandboxAsync("preview", "plan.yaml", "--stage", "cutOver");
        preview.Exit.ShouldBe(0, preview.Error);
        foreach (var who in (string[])["dana", "erin"])
        {
            (await cli.RunAsync("approve", Digest(preview), "--key", who)).Exit.ShouldBe(0);
        }

        return preview;
    }

    /// <summary>The sample with its domain switched.</summary>
    internal static async Task<Cli> SwitchedAsync(Action<Cli>? change = null)
    {
        var cli = await MigratedAsync(change: change);
        await SignedAsync(cli);
        var applied = await cli.SandboxAsync("apply", "plan.yaml", "--stage", "cutOver", "--yes");
        applied.Exit.ShouldBe(0, applied.Error);
        return cli;
    }

    /// <summary>Takes the window out, so that the day on which the test runs does not matter.</summary>
    private static void OpenAlways(Cli cli) => Replace(cli, "  window: \"Sat 06:00-10:00 Europe/Berlin\"\n", "");

    private static void Replace(Cli cli, string old, string replacement) => ReplaceIn(cli, "plan.yaml", old, replacement);

    /// <summary>Replaces a text of a file of the sample, which must be there.</summary>
    internal static void ReplaceIn(Cli cli, string file, string old, string replacement)
    {
        var text = File.ReadAllText(cli.PathOf(file));
        text.ShouldContain(old);
        File.WriteAllText(cli.PathOf(file), text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Changes the users of the simulated tenant, as somebody else would.</summary>
    private static Task ChangeAsync(Cli cli, Action<JsonArray> change) => Rehearsal.ChangeAsync(cli, tenant => change(tenant["users"]!.AsArray()));

    internal static async Task<string?> BehaviourAsync(Cli cli) =>
        (string?)JsonNode.Parse((await cli.RunAsync("sandbox", "show", "plan.yaml")).Out)!["domains"]!.AsArray()
            .Single(static domain => (string?)domain!["id"] == "contoso.com")!["federationConfiguration"]!["federatedIdpMfaBehavior"];

    internal static string Digest(Ran ran) => Digests().Match(ran.Out).Value;

    internal static string Stable(string text) =>
        Run().Replace(Time().Replace(Short().Replace(Digests().Replace(text, "DIGEST"), "DIGEST"), "TIME"), "RUN");

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digests();

    [GeneratedRegex("(?<=digest |approve |show |query |sample )[0-9a-f]{12}\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Short();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}Z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();

    [GeneratedRegex("(?<=[Rr]un +)[0-9a-f]{8}\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Run();
}
