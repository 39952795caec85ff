using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MfaPlan.Cli.Composition;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>States to make packs of, and what stands in packs.</summary>
internal static partial class Packs
{
    /// <summary>The approved sample, signed by erin and applied.</summary>
    /// <param name="more">More options of the apply.</param>
    public static async Task<Cli> ApprovedAsync(params string[] more)
    {
        var cli = Cli.In("plans/samples/approved");
        File.Delete(cli.PathOf("allowed_signers"));
        SshKeys.Make(cli, "erin");
        SshKeys.Allow(cli, "erin@contoso.com", "erin");
        var preview = await cli.SandboxAsync("preview", "plan.yaml");
        (await cli.RunAsync("approve", DigestOf(preview), "--key", "erin")).Exit.ShouldBe(0);
        var applied = await cli.SandboxAsync(["apply", "plan.yaml", "--yes", .. more]);
        applied.Exit.ShouldBe(more.Length == 0 ? 0 : 4, applied.Error);
        return cli;
    }

    /// <summary>
    /// The sample with waves, on a day on which its plan holds: migrated, the first wave moved, both approved by erin, who attests it; the gate was judged
    /// before that and after.
    /// </summary>
    /// <param name="note">The note of the attestation.</param>
    public static async Task<Cli> GatedAsync(string note = "tried twice")
    {
        var cli = Cli.In("plans/samples/waves");
        cli.Time = new OffsetClock(TimeProvider.System, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero) - TimeProvider.System.GetUtcNow());
        var plan = await File.ReadAllTextAsync(cli.PathOf("plan.yaml"));
        await File.WriteAllTextAsync(
            cli.PathOf("plan.yaml"),
            plan.Replace("{ propagation: 24h, soak: 1d }", "{ propagation: 24h, soak: 1d, minUsers: 0, attest: [seesMethods] }", StringComparison.Ordinal)
                + $"approvals:\n  allowedSigners: {{ file: allowed_signers, sha256: {new string('0', 64)} }}\n  expire: 72h\n");
        SshKeys.Make(cli, "erin");
        SshKeys.Allow(cli, "erin@contoso.com", "erin", "mfaplan-approval-v1,mfaplan-attestation-v1,mfaplan-evidence-v1");
        foreach (var stage in new[] { "migrate", "wave/pilot" })
        {
            var preview = await cli.SandboxAsync("preview", "plan.yaml", "--stage", stage);
            preview.Exit.ShouldBe(0, preview.Out + preview.Error);
            (await cli.RunAsync("approve", DigestOf(preview), "--key", "erin")).Exit.ShouldBe(0);
            var applied = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", stage);
            applied.Exit.ShouldBe(0, applied.Out + applied.Error);
        }

        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "50h")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("gate", "plan.yaml", "--wave", "pilot")).Exit.ShouldBe(4);
        var attested = await cli.SandboxAsync("attest", "plan.yaml", "--wave", "pilot", "--yes", "seesMethods", "--note", note, "--key", "erin");
        attested.Exit.ShouldBe(0, attested.Error);
        (await cli.SandboxAsync("gate", "plan.yaml", "--wave", "pilot")).Exit.ShouldBe(0);
        return cli;
    }

    /// <summary>The first digest that a command printed.</summary>
    public static string DigestOf(Ran ran) => Digests().Match(ran.Out).Value;

    /// <summary>Changes one bit of a file.</summary>
    public static void Flip(string path, Index at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>The rows of a table of the pack in <c>pack</c>.</summary>
    public static List<JsonNode> Rows(Cli cli, string table)
    {
        var lines = File.ReadAllLines(cli.PathOf("pack/" + table));
        lines[0].ShouldBe($$"""{"format":2,"table":"{{Path.GetFileNameWithoutExtension(table)}}"}""");
        return [.. lines.Skip(1).Select(static line => JsonNode.Parse(line)!)];
    }

    /// <summary>The names and numbers of the quickstart sample.</summary>
    public static HashSet<string> SecretsOf(Cli cli)
    {
        var secrets = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var user in JsonNode.Parse(File.ReadAllText(cli.PathOf("tenant.json")))!["users"]!.AsArray())
        {
            secrets.Add((string)user!["userPrincipalName"]!);
            secrets.Add((string)user["displayName"]!);
            foreach (var phone in user["authentication"]?["phoneMethods"]?.AsArray() ?? [])
            {
                secrets.Add(((string)phone!["phoneNumber"]!).Split(' ')[1]);
            }
        }

        foreach (var line in File.ReadLines(cli.PathOf("export/users.csv")).Skip(1))
        {
            var cells = line.Split(',');
            secrets.UnionWith(new[] { cells[3], cells[6], cells[9] }.Where(static cell => cell.Length > 6));
        }

        return secrets;
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digests();
}
