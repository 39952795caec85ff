using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests;

/// <summary>Gates through the program: sign-ins of the sandbox and of a file, real signatures, the journal.</summary>
public sealed partial class GateTests
{
    private const string Sample = "plans/samples/gate";

    private static readonly Guid Alice = Guid.Parse("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Bob = Guid.Parse("00000000-0000-4000-8000-000000000002");

    [Fact]
    public async Task A_gate_holds_until_waits_sign_ins_and_people_have_spoken_and_then_opens()
    {
        using var cli = Wave("erin@contoso.com");
        SignIns(cli, Fresh(Alice, hours: 26), Fresh(Bob, hours: 27));
        var nobody = await cli.SandboxAsync("gate", "plan.yaml");
        await WaveRuns.AppendAsync(cli.Host(), 1, Alice, Bob);

        var early = await cli.SandboxAsync("gate", "plan.yaml", "--json");
        var tooEarly = await cli.SandboxAsync("attest", "plan.yaml", "--yes", "push", "--key", "erin@contoso.com");
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "50h")).Exit.ShouldBe(0);
        var unsigned = await cli.SandboxAsync("gate", "plan.yaml");
        var attested = await cli.SandboxAsync("attest", "plan.yaml", "--wave", "pilot", "--yes", "seesMethods,callOrText", "--note", "tried by two", "--key", "erin@contoso.com");
        var open = await cli.SandboxAsync("gate", "plan.yaml", "--wave", "pilot");
        var status = await cli.RunAsync("status", "plan.yaml");

        (nobody.Exit, early.Exit, tooEarly.Exit, unsigned.Exit, attested.Exit, open.Exit).ShouldBe((4, 4, 5, 4, 0, 0), open.Out + open.Error + attested.Error);
        nobody.Out.ShouldContain("No run has routed anybody");
        Criteria(early)["propagation"].ShouldBe("notYetKnown");
        tooEarly.Error.ShouldContain("MFP4056");
        unsigned.Out.ShouldContain("holds   attest/callOrText");
        unsigned.Out.ShouldContain("open    failedUsers");
        status.Out.ShouldContain("gate     wave/pilot: open at ");
        Golden.ShouldMatch(Stable($"{Problems(early)}\n\n{unsigned.Out}\n{Problems(unsigned)}\n\n{attested.Out}\n{open.Out}"), $"{Sample}/expected/gate.txt");
    }

    [Fact]
    public async Task Users_who_fail_close_it_and_interrupts_do_not()
    {
        using var cli = Wave();
        Edit(cli, "attest: [seesMethods, callOrText]", "attest: []");
        SignIns(cli, Fresh(Alice, hours: 26), Fresh(Bob, hours: 27), Ended(Bob, hours: 28, code: 50076));
        await WaveRunAsync(cli, "50h");
        var interrupted = await cli.SandboxAsync("gate", "plan.yaml");
        var file = cli.PathOf("signIns.json");
        await File.WriteAllTextAsync(file, new JsonArray([Fresh(Alice, 1), Ended(Bob, 28, 500121), Fresh(Bob, 27), Fresh(Alice, 49)]).ToJsonString(), Stop);

        var failed = await cli.SandboxAsync("gate", "plan.yaml", "--sign-ins", "signIns.json", "--json");
        var journal = await File.ReadAllTextAsync(cli.PathOf(".mfaplan/journal/000001.jsonl"), Stop);
        var reading = await File.ReadAllTextAsync(
            cli.PathOf($".mfaplan/approvals/{Text(failed, "query")}/{Text(failed, "sample")}.reading"), Stop);

        interrupted.Exit.ShouldBe(0, interrupted.Out + interrupted.Error);
        (failed.Exit, Criteria(failed)["failedUsers"]).ShouldBe((5, "closed"), failed.Out);
        failed.Error.ShouldContain("MFP4051");
        journal.ShouldContain($"\"kind\":\"gate\",\"epoch\":{Epoch().Matches(journal)[^1].Value},\"stage\":\"2:wave/pilot\",\"result\":\"closed\",\"query\":\"{Text(failed, "query")}\"");
        Core.Gates.GateReading.Read(System.Text.Encoding.UTF8.GetBytes(reading)).Decision.Word.ShouldBe("closed");
        reading.ShouldNotContain(Alice.ToString());
        reading.ShouldNotContain(Bob.ToString());
    }

    [Fact]
    public async Task Sign_ins_are_read_over_pages_and_through_throttling()
    {
        using var cli = Wave();
        Edit(cli, "attest: [seesMethods, callOrText]", "attest: []");
        SignIns(cli, [Fresh(Bob, hours: 27), .. Enumerable.Range(0, 1200).Select(minute => Fresh(Alice, 25 + (minute / 120.0)))]);
        Change(cli, static tenant => tenant["limits"] = new JsonObject { ["reportsPer10Seconds"] = 2 });
        await WaveRunAsync(cli, "50h");

        var gate = await cli.SandboxAsync("gate", "plan.yaml", "--record", "record.jsonl", "--json");

        gate.Exit.ShouldBe(0, gate.Out + gate.Error);
        JsonDocument.Parse(gate.Out).RootElement.GetProperty("signIns").GetProperty("signIns").GetInt64().ShouldBe(1201);
        var requests = (await File.ReadAllLinesAsync(cli.PathOf("record.jsonl"), Stop)).Select(static line => JsonDocument.Parse(line).RootElement)
            .Where(static line => line.GetProperty("path").GetString() == "/beta/auditLogs/signIns").ToList();
        requests.Count(static line => line.GetProperty("status").GetInt32() == 200).ShouldBe(3);
        requests.Count(static line => line.GetProperty("status").GetInt32() == 429).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_log_that_may_not_be_read_holds()
    {
        using var cli = Wave();
        SignIns(cli, Fresh(Alice, hours: 26), Fresh(Bob, hours: 27));
        Change(cli, static tenant => tenant["permissions"] = new JsonArray("User.Read.All"));
        await WaveRunAsync(cli, "50h");

        var gate = await cli.SandboxAsync("gate", "plan.yaml", "--json");

        (gate.Exit, Criteria(gate)["signIns"]).ShouldBe((4, "notYetKnown"));
        Criteria(gate).ShouldNotContainKey("minUsers");
    }

    [Fact]
    public async Task What_is_changed_after_signing_counts_for_nothing_and_holds()
    {
        using var cli = Wave("erin@contoso.com");
        Edit(cli, "propagation: 24h, soak: 1d, minUsers: 2, failedUsers: 2%", "propagation: 0s, minUsers: 0");
        await WaveRunAsync(cli);
        (await cli.SandboxAsync("attest", "plan.yaml", "--no", "seesMethods,callOrText", "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("gate", "plan.yaml")).Exit.ShouldBe(5);
        var file = Directory.GetFiles(cli.PathOf($".mfaplan/approvals/{WaveRuns.DigestOf(1)}"), "*.attestation").ShouldHaveSingleItem();
        var said = await File.ReadAllTextAsync(file, Stop);

        await File.WriteAllTextAsync(file, said.Replace("\"no\"", "\"yes\"", StringComparison.Ordinal), Stop);
        var forged = await cli.SandboxAsync("gate", "plan.yaml");
        await File.WriteAllTextAsync(file, said + " ", Stop);
        var torn = await cli.SandboxAsync("gate", "plan.yaml");
        File.Delete(file + ".sig");
        var alone = await cli.SandboxAsync("gate", "plan.yaml");

        (forged.Exit, torn.Exit, alone.Exit).ShouldBe((4, 4, 4));
        forged.Error.ShouldContain("MFP4053");
        torn.Error.ShouldContain("MFP4052");
        alone.Error.ShouldContain("MFP4052");
    }

    [Fact]
    public async Task Who_corrects_what_they_said_is_believed_and_two_signers_are_two_people()
    {
        using var cli = Wave("erin@contoso.com", "frank@contoso.com");
        Edit(cli, "propagation: 24h, soak: 1d, minUsers: 2, failedUsers: 2%, attest: [seesMethods, callOrText]", "propagation: 0s, minUsers: 0, attest: [push], signers: 2");
        await WaveRunAsync(cli);
        (await cli.SandboxAsync("attest", "plan.yaml", "--no", "push", "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "1m")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("attest", "plan.yaml", "--yes", "push", "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        var one = await cli.SandboxAsync("gate", "plan.yaml");
        cli.Typed = "y\n";

        var second = await cli.SandboxAsync("attest", "plan.yaml", "--yes", "PUSH", "--key", "frank@contoso.com", "--json");
        var two = await cli.SandboxAsync("gate", "plan.yaml");

        (one.Exit, second.Exit, two.Exit).ShouldBe((4, 0, 0), one.Out + second.Error + two.Out);
        second.Out.ShouldContain("{\"question\":\"push\",\"yes\":2,\"no\":0,\"unreadable\":0,\"needed\":2}");
    }

    [Fact]
    public async Task On_a_terminal_it_asks_the_questions_of_the_gate()
    {
        using var cli = Wave("erin@contoso.com");
        Edit(cli, "propagation: 24h", "propagation: 0s");
        await WaveRunAsync(cli);
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader("y\n\n");

        var exit = await CommandLine.RunAsync(
            ["attest", "plan.yaml", "--sandbox", "tenant.json", "--key", "erin@contoso.com"],
            cli.Host() with { Out = output, Error = error, In = input, IsInteractive = true }, Stop);

        exit.ShouldBe(0, error.ToString());
        error.ToString().ShouldContain("Do users see the methods");
        error.ToString().ShouldContain("Do calls and text messages");
        output.ToString().ShouldContain("seesMethods yes.");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The sample with signers who may attest.</summary>
    private static Cli Wave(params string[] signers)
    {
        var cli = Cli.In(Sample);
        if (signers.Length > 0)
        {
            File.Delete(cli.PathOf("allowed_signers"));
        }

        foreach (var name in signers)
        {
            SshKeys.Make(cli, name);
            SshKeys.Allow(cli, name, name, "mfaplan-approval-v1,mfaplan-attestation-v1");
        }

        return cli;
    }

    /// <summary>Makes the state, runs the wave and moves the tenant's clock.</summary>
    private static async Task WaveRunAsync(Cli cli, string? advance = null)
    {
        (await cli.SandboxAsync("gate", "plan.yaml")).Exit.ShouldBe(4);
        await WaveRuns.AppendAsync(cli.Host(), 1, Alice, Bob);
        if (advance is not null)
        {
            (await cli.RunAsync("sandbox", "advance", "plan.yaml", advance)).Exit.ShouldBe(0);
        }
    }

    private static void Edit(Cli cli, string old, string replacement)
    {
        var text = File.ReadAllText(cli.PathOf("plan.yaml"));
        text.ShouldContain(old);
        File.WriteAllText(cli.PathOf("plan.yaml"), text.Replace(old, replacement, StringComparison.Ordinal));
    }

    private static void SignIns(Cli cli, params JsonNode[] rows) =>
        Change(cli, tenant => tenant["auditLogs"] = new JsonObject { ["signIns"] = new JsonArray(rows) });

    private static void Change(Cli cli, Action<JsonObject> change)
    {
        var tenant = JsonNode.Parse(File.ReadAllText(cli.PathOf("tenant.json")))!.AsObject();
        change(tenant);
        File.WriteAllText(cli.PathOf("tenant.json"), tenant.ToJsonString());
    }

    private static JsonObject Fresh(Guid user, double hours) => Row(user, hours, 0, "SMS", succeeded: true);

    private static JsonObject Ended(Guid user, double hours, int code) => Row(user, hours, code, "SMS", succeeded: false);

    private static JsonObject Row(Guid user, double hours, int code, string method, bool succeeded) => new()
    {
        ["userId"] = user.ToString(),
        ["createdDateTime"] = TimeProvider.System.GetUtcNow().AddHours(hours).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["status"] = new JsonObject { ["errorCode"] = code },
        ["authenticationRequirement"] = "multiFactorAuthentication",
        ["tokenIssuerType"] = "AzureAD",
        ["authenticationDetails"] = new JsonArray(
            new JsonObject { ["authenticationMethod"] = "Password", ["succeeded"] = true },
            new JsonObject { ["authenticationMethod"] = method, ["succeeded"] = succeeded }),
    };

    private static Dictionary<string, string> Criteria(Ran ran)
    {
        using var document = JsonDocument.Parse(ran.Out);
        return document.RootElement.GetProperty("criteria").EnumerateArray().ToDictionary(
            static one => one.GetProperty("name").GetString()!, static one => one.GetProperty("result").GetString()!, StringComparer.Ordinal);
    }

    private static string Text(Ran ran, string member)
    {
        using var document = JsonDocument.Parse(ran.Out);
        return document.RootElement.GetProperty(member).GetString()!;
    }

    /// <summary>What the plan itself is warned of is left out.</summary>
    private static string Problems(Ran ran) => string.Join('\n', ran.Error.Split('\n').Where(static line => line.StartsWith("error ", StringComparison.Ordinal)));

    private static string Stable(string text) => Recorded().Replace(Times().Replace(text, "TIME"), "DIGEST");

    [GeneratedRegex("(?<=\"epoch\":)[0-9]+(?=,\"stage\")")]
    private static partial Regex Epoch();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}Z")]
    private static partial Regex Times();

    [GeneratedRegex("(?<=query |sample )[0-9a-f]{12}")]
    private static partial Regex Recorded();
}
