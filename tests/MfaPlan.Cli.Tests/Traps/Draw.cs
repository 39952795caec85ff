namespace MfaPlan.Cli.Tests.Traps;

/// <summary>Draws a company: most people in no trap, some in one, a few in two.</summary>
internal static class Draw
{
    /// <summary>A company.</summary>
    /// <param name="seed">The same seed draws the same company.</param>
    /// <param name="clean">People in no trap.</param>
    /// <param name="most">The most people in a trap of each kind, and half of them at least; 0 for a company without traps.</param>
    public static Company Of(ulong seed, int clean, int most)
    {
        var company = new Company(seed);
        company.HireBreakGlass();
        company.HireBreakGlass();
        for (var i = 0; i < clean; i++)
        {
            Hire(company, Kinds.Clean.AsSpan(), company.Chance.Below(8) == 0 ? 0 : company.Chance.Between(1, 2));
        }

        for (var i = 0; i < clean / 20; i++)
        {
            Bystander(company);
        }

        foreach (var trap in most > 0 ? Catalog.All : [])
        {
            for (var i = company.Chance.Between((most + 1) / 2, most); i > 0; i--)
            {
                Lay(company, trap);
            }
        }

        for (var i = most * 4; i > 0; i--)
        {
            Lay(company, Two(company.Chance));
        }

        company.Twice.AddRange(company.People.Where(static person => person.Moves && person.Wave == 1).Take(most));
        for (var i = clean / 50; i > 0; i--)
        {
            company.Leavers.Add(($"left{i}@{Company.Root}", $"S-1-5-21-1004336348-1177238915-682003330-{9000 + i}", "2065557" + company.Chance.Between(100, 999)));
        }

        return company;
    }

    /// <summary>People whom somebody adds to a group of the rollout by hand: nothing is wrong with them but that nobody named them.</summary>
    public static List<Person> Outsiders(Company company, int count)
    {
        var people = new List<Person>();
        for (var i = 0; i < count; i++)
        {
            var person = Hire(company, [Kinds.Clean[0]], wave: 0);
            (person.InScope, person.Kind) = (false, "in no source group");
            people.Add(person);
        }

        return people;
    }

    private static Person Hire(Company company, ReadOnlySpan<Kind> kinds, int wave)
    {
        var person = company.Hire();
        person.Wave = wave;
        var at = company.Chance.Below(Shares(kinds));
        foreach (var kind in kinds)
        {
            at -= kind.Share;
            if (at < 0)
            {
                person.Kind = kind.Name;
                kind.Make(company, person);
                break;
            }
        }

        return person;
    }

    private static int Shares(ReadOnlySpan<Kind> kinds)
    {
        var all = 0;
        foreach (var kind in kinds)
        {
            all += kind.Share;
        }

        return all;
    }

    private static void Bystander(Company company)
    {
        var person = Hire(company, Kinds.Bystanders.AsSpan(), company.Chance.Between(0, 2));
        (person.Known, person.InScope) = (false, false);
    }

    /// <summary>A person who would be clean but for the traps; those on methods are laid last, when it is known what is brought over.</summary>
    private static void Lay(Company company, params ReadOnlySpan<Trap> traps)
    {
        var person = company.Hire();
        person.Wave = company.Chance.Between(1, 2);
        person.HasApp();
        foreach (var aspect in Enum.GetValues<Aspect>())
        {
            foreach (var trap in traps)
            {
                if (trap.Aspect == aspect)
                {
                    person.Traps.Add(trap);
                    trap.Lay(company, person);
                }
            }
        }
    }

    private static Trap[] Two(Chance chance)
    {
        while (true)
        {
            var (one, other) = (chance.Of(Catalog.All.AsSpan()), chance.Of(Catalog.All.AsSpan()));
            if (one.Aspect != other.Aspect && !one.NotWith.Contains(other.Aspect) && !other.NotWith.Contains(one.Aspect))
            {
                return [one, other];
            }
        }
    }
}
