using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

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

    /// <summary>The first digest that a command printed.</summary>
    public static string DigestOf(Ran ran) => Digests().Match(ran.Out).Value;

    /// <summary>The rows of a table of the pack in <c>pack</c>.</summary>
    public static List<JsonNode> Rows(Cli cli, string table)
    {
        var lines = File.ReadAllLines(cli.PathOf("pack/" + table));
        lines[0].ShouldBe($$"""{"format":1,"table":"{{Path.GetFileNameWithoutExtension(table)}}"}""");
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
