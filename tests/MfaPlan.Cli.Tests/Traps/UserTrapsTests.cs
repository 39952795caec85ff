namespace MfaPlan.Cli.Tests.Traps;

/// <summary>
/// The proof on made-up companies with planted traps: whoever is in a trap is found by what the program says and is not moved, and nobody else
/// is held up. Everything goes through the program, from the export to the last preview.
/// </summary>
public sealed class UserTrapsTests
{
    private static readonly ulong[] Seeds = [20260101, 20260202, 20260303];

    [Fact]
    public async Task Every_planted_trap_is_found_and_nobody_else_is_refused()
    {
        var figures = new Figures();
        foreach (var company in await Task.WhenAll(Seeds.Select(static seed => Task.Run(() => WalkAsync(Draw.Of(seed, clean: 1700, most: 12))))))
        {
            figures.Add(company);
        }

        var table = figures.Table($"{Seeds.Length} companies, seeds {string.Join(", ", Seeds)}: {figures.People} people");
        TestContext.Current.TestOutputHelper!.WriteLine(table);
        figures.Wrong.ShouldBeEmpty(string.Join('\n', figures.Wrong.Take(40)));
        figures.Recall.Found.ShouldBe(figures.Recall.Planted);
        figures.Refusals.Refused.ShouldBe(0);
        Golden.ShouldMatch(table, "tests/MfaPlan.Cli.Tests/Golden/traps/people.txt");
    }

    private static async Task<Figures> WalkAsync(Company company)
    {
        var early = Draw.Outsiders(company, company.Chance.Between(2, 5));
        var late = Draw.Outsiders(company, company.Chance.Between(2, 5));
        var between = Draw.Outsiders(company, company.Chance.Between(2, 5));
        var figures = new Figures { People = company.People.Count };
        using var road = new Road(company);

        var migrate = await road.PreviewAsync("migrate");
        migrate.Verdict.ShouldBe("APPLY");
        await road.ApplyAsync("migrate");

        var pilot = await road.PreviewAsync("wave/pilot");
        pilot.Verdict.ShouldBe("APPLY");
        await AddedAsync(road, figures, "member added between preview and apply", "R1", late, "wave/pilot", refuses: "MFP3164", previewed: pilot);
        await road.ApplyAsync("wave/pilot");
        await road.WaitAsync("25h");

        await AddedAsync(road, figures, "member added before the group is rolled out", "R2", early, "wave/hq", refuses: "MFP3164", previewed: null);
        var hq = await road.PreviewAsync("wave/hq");
        hq.Verdict.ShouldBe("APPLY");
        await road.ApplyAsync("wave/hq");
        await AddedAsync(road, figures, "member added between waves", "R1", between, "wave/pilot", refuses: null, previewed: null);

        var cutOver = await road.PreviewAsync("cutOver");
        var tenant = (await road.TenantAsync()).ToJsonString();
        var (first, second) = (await road.MembersAsync("R1"), await road.MembersAsync("R2"));
        foreach (var person in company.Twice)
        {
            var once = first.Contains(person.Id) && !second.Contains(person.Id) && hq.Of(person.Id) is { State: "left out" } word && word.Codes.Contains("MFP3178");
            figures.Planted("named by two waves", once, $"{person.Name} {hq.Of(person.Id).State}");
        }

        var truth = new Truth(figures);
        foreach (var person in company.People.Except(early).Except(late).Except(between))
        {
            var said = new Dictionary<Stage, Said.OfUser>
            {
                [Stage.Migrate] = migrate.Of(person.Id),
                [Stage.Wave] = (person.Wave == 2 ? hq : pilot).Of(person.Id),
                [Stage.CutOver] = cutOver.Of(person.Id),
            };
            truth.Judge(person, said, first.Contains(person.Id) || second.Contains(person.Id));
        }

        (cutOver.Exit, cutOver.Verdict).ShouldBe((5, "REFUSED"));
        cutOver.Refusals.Select(static guard => guard.Code).ShouldContain("MFP3197");
        tenant.ShouldNotContain("+1 2065558", Case.Sensitive, "A phone of somebody else was inherited.");

        await road.WaitAsync("55d");
        await PastItsDayAsync(road, company, figures);
        return figures;
    }

    /// <summary>Members whom somebody else adds: named by the preview, and where a group would bring them along, the stage is refused.</summary>
    private static async Task AddedAsync(
        Road road, Figures figures, string trap, string group, List<Person> people, string stage, string? refuses, Said? previewed)
    {
        await road.AddBehindAsync(group, people);
        var wrong = new List<string>();
        if (previewed is not null)
        {
            var ran = await road.ApplyAsync(previewed);
            wrong.AddRange(ran.Exit == 5 && ran.Error.Contains("MFP4003", StringComparison.Ordinal) ? [] : [$"what was previewed before was applied: {ran.Exit} {ran.Error}"]);
        }

        var said = await road.PreviewAsync(stage);
        wrong.AddRange(refuses is null || said.Refusals.Any(guard => guard.Code == refuses) ? [] : [$"the stage is not refused by {refuses}"]);
        foreach (var person in people)
        {
            var named = said.Of(person.Id) is { State: "left out" } word && word.Accused.SetEquals(["MFP3172"]);
            figures.Planted(trap, named && wrong.Count == 0, string.Join("; ", wrong.Append($"{person.Name} {said.Of(person.Id).State}")));
        }

        if (refuses is not null)
        {
            await road.RemoveBehindAsync(group, people);
        }
    }

    /// <summary>The day until which phones alone were accepted has passed: who has nothing else would be locked out, and nobody more than before.</summary>
    private static async Task PastItsDayAsync(Road road, Company company, Figures figures)
    {
        var said = await road.PreviewAsync("cutOver");
        foreach (var person in company.People.Where(static person => person.IsCutOver && person.AcceptedPhones))
        {
            var found = said.Of(person.Id).Accused.SetEquals(["MFP3131", "MFP3192"]);
            figures.Planted(Catalog.PastItsDay.Name, found, $"{person.Name} {string.Join(", ", said.Of(person.Id).Codes)}");
        }

        var refused = company.People.Where(person => person.IsCutOver && !person.AcceptedPhones && person.Traps.Count == 0 && said.Of(person.Id).Accused.Count > 0);
        figures.Wrong.AddRange(refused.Select(static person => $"refused after the day: {person.Kind}: {person.Name}"));
    }
}
