using System.Text.Json.Nodes;
using MfaPlan.Cli.Composition;

namespace MfaPlan.Cli.Tests;

/// <summary>The sample with two waves, and looks at what became of its tenant.</summary>
internal static class WaveSample
{
    /// <summary>Where it is.</summary>
    public const string Folder = "plans/samples/waves";

    /// <summary>The sample on a day on which its plan accepts phones alone, whatever day it is.</summary>
    public static Cli New()
    {
        var cli = Cli.In(Folder);
        cli.Time = new OffsetClock(TimeProvider.System, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero) - TimeProvider.System.GetUtcNow());
        return cli;
    }

    /// <summary>Its only staged rollout.</summary>
    public static async Task<JsonNode> RolloutAsync(Cli cli) =>
        (await Rehearsal.TenantAsync(cli))["policies"]!["featureRolloutPolicies"]!.AsArray().ShouldHaveSingleItem()!;

    /// <summary>Names before the at sign of a group's members.</summary>
    public static async Task<string[]> MembersAsync(Cli cli, string group)
    {
        var tenant = await Rehearsal.TenantAsync(cli);
        var members = tenant["groups"]!.AsArray().Single(row => (string)row!["displayName"]! == group)!["members"]?.AsArray() ?? [];
        return
        [
            .. members.Select(member => tenant["users"]!.AsArray()
                .Single(user => (string)user!["id"]! == (string)member!)!["userPrincipalName"]!.GetValue<string>().Split('@')[0]),
        ];
    }

    /// <summary>What a recording has of writes, as method and path.</summary>
    public static async Task<List<string>> WritesAsync(Cli cli, string record) =>
    [
        .. (await File.ReadAllLinesAsync(cli.PathOf(record))).Select(static line => JsonNode.Parse(line)!)
            .Where(static line => (string)line["method"]! != "GET" && !((string)line["path"]!).EndsWith("/$batch", StringComparison.Ordinal)
                && !((string)line["path"]!).EndsWith("/getByIds", StringComparison.Ordinal)
                && !((string)line["path"]!).EndsWith("/checkMemberGroups", StringComparison.Ordinal))
            .Select(static line => $"{line["method"]} {line["path"]}"),
    ];
}
