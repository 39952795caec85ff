using System.Text.Json;

namespace MfaPlan.Cli.Tests;

/// <summary>A made-up company goes through the whole road in sittings.</summary>
public sealed class GeneratedTests
{
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
        settled.SkipLast(1).ShouldAllBe(static units => units == 60);
        (await cli.RunAsync("apply", "company/plan.yaml", "--sandbox", "company/tenant.json", "--yes")).Out.ShouldContain("Nothing to do");
    }

    [Fact]
    public async Task A_paced_apply_keeps_the_published_limits_without_being_throttled()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        await cli.RunAsync("sandbox", "generate", "--users", "60", "--out", "company", "--published-limits", "--time-factor", "10");

        var ran = await cli.RunAsync(
            "apply", "company/plan.yaml", "--sandbox", "company/tenant.json", "--yes", "--writes-per-second", "200", "--record", "record.jsonl");

        ran.Exit.ShouldBe(0, ran.Error);
        File.ReadLines(cli.PathOf("record.jsonl")).ShouldAllBe(static line => !line.Contains("\"status\":429", StringComparison.Ordinal));
    }
}
