using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests;

/// <summary>What tests of whole samples ask of a folder, and texts without what differs from run to run.</summary>
internal static partial class Rehearsal
{
    /// <summary>The simulated tenant as it is now.</summary>
    public static async Task<JsonNode> TenantAsync(Cli cli) =>
        JsonNode.Parse((await cli.RunAsync("sandbox", "show", "plan.yaml")).Out)!;

    /// <summary>Changes the simulated tenant as somebody else would, while no command runs.</summary>
    public static async Task ChangeAsync(Cli cli, Action<JsonNode> change)
    {
        var file = cli.PathOf(".mfaplan/sandbox/tenant.json");
        var tenant = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        change(tenant);
        await File.WriteAllTextAsync(file, tenant.ToJsonString());
    }

    /// <summary>Every request that wrote, with its body, from record.jsonl.</summary>
    public static async Task<List<string>> WritesAsync(Cli cli) =>
    [
        .. (await File.ReadAllLinesAsync(cli.PathOf("record.jsonl"))).Select(static line => JsonNode.Parse(line)!)
            .Where(static line => (string)line["method"]! != "GET"
                && !((string)line["path"]!).EndsWith("/$batch") && !((string)line["path"]!).EndsWith("/getByIds"))
            .Select(static line => $"{line["method"]} {line["path"]}\n{line["request"]?.ToJsonString()}"),
    ];

    /// <summary>Digests, times and runs by their names.</summary>
    public static string Stable(string text) => Run().Replace(Time().Replace(Digests().Replace(text, "DIGEST"), "TIME"), "RUN");

    [GeneratedRegex("[0-9a-f]{64}|(?<=digest )[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digests();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}Z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();

    [GeneratedRegex("(?<=[Rr]un +)[0-9a-f]{8}\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Run();
}
