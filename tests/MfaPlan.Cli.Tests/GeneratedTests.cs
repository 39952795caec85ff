using System.Text.Json;
using System.Text.Json.Nodes;

namespace MfaPlan.Cli.Tests;

/// <summary>A made-up company goes through the whole road in sittings.</summary>
public sealed class GeneratedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_company_is_migrated_in_sittings_under_one_digest_and_then_nothing_is_left()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        (await cli.RunAsync("sandbox", "generate", "--users", "300", "--out", "company")).Exit.ShouldBe(0);

        var digests = new HashSet<string>(StringComparer.Ordinal);
        var settled = new List<long>();
        Ran ran;
        do
        {
            ran = await cli.RunAsync("apply", "company/plan.yaml", "--sandbox", "company/tenant.json", "--yes", "--json", "--max-users", "60");
            using var said = JsonDocument.Parse(ran.Out);
            digests.Add(said.RootElement.GetProperty("digest").GetString()!);
            settled.Add(said.RootElement.GetProperty("unitsSettled").GetInt64());
        }
        while (ran.Exit == 4 && settled.Count < 10);

        ran.Exit.ShouldBe(0, ran.Error);
        digests.ShouldHaveSingleItem();
        settled.Count.ShouldBeGreaterThan(2, "it takes sittings");
        settled.SkipLast(1).ShouldAllBe(static units => units == 60);
        (await cli.RunAsync("apply", "company/plan.yaml", "--sandbox", "company/tenant.json", "--yes")).Out.ShouldContain("Nothing to do");
    }

    [Fact]
    public async Task A_paced_apply_keeps_the_published_limits_without_being_throttled()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        await cli.RunAsync("sandbox", "generate", "--users", "80", "--out", "company", "--published-limits", "--time-factor", "10");
        var tenant = (await File.ReadAllTextAsync(cli.PathOf("company/tenant.json"), Stop)).Replace(
            "\"writesPer150Seconds\":3000", "\"writesPer150Seconds\":75", StringComparison.Ordinal); // in a window of 15 seconds: five a second
        tenant.ShouldContain("\"writesPer150Seconds\":75");
        await File.WriteAllTextAsync(cli.PathOf("company/tenant.json"), tenant, Stop);

        var ran = await cli.RunAsync(
            "apply", "company/plan.yaml", "--sandbox", "company/tenant.json", "--yes", "--writes-per-second", "4", "--record", "record.jsonl");

        ran.Exit.ShouldBe(0, ran.Error);
        var record = await File.ReadAllLinesAsync(cli.PathOf("record.jsonl"), Stop);
        record.Count(IsWrite).ShouldBeGreaterThan(75, "more than a window lets through");

        // A machine that stalls sends what is due at once when it goes on, and may then touch the limit; without the pace a whole row of answers is 429.
        record.Count(static line => line.Contains("\"status\":429", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(2);
    }
    private static bool IsWrite(string line) => JsonNode.Parse(line)! is var request
        && (string?)request["method"] is "POST" or "PATCH" or "PUT"
        && request["path"]!.GetValue<string>() is var path && !path.EndsWith("/$batch", StringComparison.Ordinal)
        && !path.EndsWith("/getByIds", StringComparison.Ordinal);
}
