using System.Collections.Immutable;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>Mistakes of a plan and of a tenant as a whole: each refuses its stage by its own code, and without one nothing is refused.</summary>
public sealed class TenantTrapsTests
{
    private const ulong Seed = 20260404;

    [Fact]
    public async Task A_company_without_traps_goes_the_whole_road_unhindered()
    {
        var company = Draw.Of(Seed, clean: 150, most: 0);
        using var road = new Road(company);
        foreach (var stage in (string[])["migrate", "wave/pilot", "wave/hq"])
        {
            (await road.PreviewAsync(stage)).Verdict.ShouldBe("APPLY", stage);
            await road.ApplyAsync(stage);
            await road.WaitAsync("25h");
        }

        var cutOver = await road.PreviewAsync("cutOver");

        (cutOver.Exit, cutOver.Verdict, cutOver.LeftWithout).ShouldBe((0, "APPLY", 0));
    }

    [Fact]
    public async Task Every_mistake_of_plan_and_tenant_refuses_its_stage_by_its_code()
    {
        var figures = new Figures();
        using var few = new SemaphoreSlim(8); // most of a preview's time is the pace at which policies may be read
        var said = await Task.WhenAll(TenantTrap.All.Select(trap => Task.Run(() => WrongAsync(trap, few))));
        foreach (var (trap, wrong) in TenantTrap.All.Zip(said))
        {
            figures.Planted(trap.Name, wrong is null, wrong ?? "");
        }

        foreach (var stage in (string[])["wave/pilot", "cutOver"])
        {
            figures.Clean($"{stage} without a mistake", await RefusedAsync(stage));
        }

        var table = figures.Table($"Mistakes of plan and tenant, one a company, seed {Seed}");
        TestContext.Current.TestOutputHelper!.WriteLine(table);
        figures.Wrong.ShouldBeEmpty(string.Join('\n', figures.Wrong));
        Golden.ShouldMatch(table, "tests/MfaPlan.Cli.Tests/Golden/traps/tenants.txt");
    }

    [Theory]
    [InlineData("people")]
    [InlineData("tenants")]
    public async Task The_page_of_the_proofs_shows_the_figures(string name)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Golden.RepositoryRoot, "docs/proofs.md"), TestContext.Current.CancellationToken);
        var figures = await File.ReadAllTextAsync(Path.Combine(Golden.RepositoryRoot, $"tests/MfaPlan.Cli.Tests/Golden/traps/{name}.txt"), TestContext.Current.CancellationToken);

        page.ShouldContain($"```\n{figures}```\n");
    }

    /// <summary>Why a company without a mistake is refused; null where it is not.</summary>
    private static async Task<string?> RefusedAsync(string stage)
    {
        using var road = new Road(Draw.Of(Seed, clean: 20, most: 0));
        await road.ApplyAsync("migrate");
        var said = await road.PreviewAsync(stage);
        return said.Exit == 0 && said.Refusals.IsEmpty ? null : string.Join("; ", said.Refusals);
    }

    /// <summary>What is wrong about how a mistake was met, in words; null for nothing.</summary>
    private static async Task<string?> WrongAsync(TenantTrap trap, SemaphoreSlim few)
    {
        await few.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var company = Draw.Of(Seed, clean: 20, most: 0);
            using var road = new Road(company);
            await road.ApplyAsync("migrate");
            await road.ChangeAsync(tenant => trap.Tenant(company, tenant), plan => trap.Plan(company, plan));
            var ran = await road.TryAsync(trap.Stage);
            return ran.Out.Length == 0
                ? ran.Exit == 3 && trap.Codes.All(ran.Error.Contains) && ran.Error.Contains(trap.Says, StringComparison.Ordinal) ? null : $"{ran.Exit}: {ran.Error}"
                : Wrong(trap, Said.Read(ran));
        }
        finally
        {
            few.Release();
        }
    }

    private static string? Wrong(TenantTrap trap, Said said) =>
        said is { Exit: 5, Verdict: "REFUSED" }
            && said.Refusals.Select(static guard => guard.Code).ToImmutableHashSet().SetEquals(trap.Codes)
            && said.Refusals.Any(guard => guard.Message.Contains(trap.Says, StringComparison.Ordinal))
            ? null
            : $"{said.Exit} {said.Verdict}: {string.Join("; ", said.Refusals)}";
}
