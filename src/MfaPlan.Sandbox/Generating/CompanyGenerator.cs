using System.Globalization;

namespace MfaPlan.Sandbox.Generating;

/// <summary>
/// Makes up a company of any size: a tenant file and the user export of its MFA Server, with the mix that real ones have: all modes,
/// extensions, numbers with trunk zeros, differing values on both sides, leavers, recycled names, guests, administrators, nested groups.
/// </summary>
public static class CompanyGenerator
{
    /// <summary>The name of the tenant file in the folder.</summary>
    public const string TenantFile = "tenant.json";

    /// <summary>The name of the export in the folder.</summary>
    public const string ExportFile = "users.csv";

    /// <summary>The name of the inventory of hardware tokens in the folder, where the company has one.</summary>
    public const string TokenFile = "tokens.csv";

    private const string Everybody = "MFA-Migrate-All";
    private const int LargestGroup = 50_000;

    // Streams of chance apart from those of people, which begin at 1.
    private const ulong TenantStream = 1UL << 40;
    private const ulong GroupStream = 1UL << 41;
    private const ulong CastStream = 1UL << 43;

    /// <summary>Writes both files; people are drawn one after the other and not held.</summary>
    /// <param name="options">What to make up.</param>
    /// <param name="folder">An existing folder without the two files.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of users is out of range.</exception>
    /// <exception cref="IOException">A file is there already, or cannot be written.</exception>
    public static GeneratedCompany Generate(GeneratorOptions options, string folder)
    {
        if (options.Users is < 1 or > GeneratorOptions.MostUsers)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Users, "A company has from 1 to 2,000,000 users.");
        }

        if (options is { Rollout: true, Users: > GeneratorOptions.MostRolledOut })
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Users, "Staged rollout takes up to 450,000 users.");
        }

        var chance = new Chance(options.Seed, TenantStream);
        var company = new GeneratedCompany(chance.Id(), Everybody, [chance.Id(), chance.Id()], options.Users, 0, 0, 0);
        var cast = options.Rollout ? new RolloutCast(options.Users) : null;
        var ids = new Guid[options.Users];
        var administrators = new List<Guid>();
        using var tenant = new TenantWriter(Path.Combine(folder, TenantFile), company.Tenant);
        using var export = new ExportWriter(Path.Combine(folder, ExportFile));
        for (var index = 0; index < options.Users; index++)
        {
            var drawn = GeneratedUser.Draw(options.Seed, index);
            var user = cast?.Take(drawn) ?? drawn;
            ids[index] = user.Id;
            tenant.AddUser(user);
            export.Add(user);
            if (user.Administrator)
            {
                administrators.Add(user.Id);
            }

            var left = index % 50 == 49;
            if (left)
            {
                export.AddLeaver(user);
            }

            company = company with
            {
                NeverInSource = company.NeverInSource + (user.Username is null ? 1 : 0),
                Leavers = company.Leavers + (left ? 1 : 0),
                RecycledNames = company.RecycledNames + (user.Username is not null && user.SourceSid != user.Sid ? 1 : 0),
            };
        }

        for (var i = 0; i < company.BreakGlass.Length; i++)
        {
            tenant.AddBreakGlass(company.BreakGlass[i], i + 1);
        }

        var accounts = cast is null ? [] : AddAccounts(tenant, options.Seed);
        WriteGroups(tenant, ids, options.Seed);
        if (cast is null)
        {
            tenant.Finish(administrators, company.BreakGlass, accessPolicy: null, options);
            return company;
        }

        var number = 0UL;
        foreach (var (name, members) in cast.Groups(ids, accounts))
        {
            tenant.AddGroup(new Chance(options.Seed, CastStream + number++).Id(), name, members);
        }

        TokenWriter.Write(Path.Combine(folder, TokenFile), options.Seed, cast.TokenHolders);
        company = company with { Waves = cast.Waves, AccessPolicy = chance.Id() };
        tenant.Finish(administrators, company.BreakGlass, company.AccessPolicy, options);
        return company;
    }

    private static Guid[] AddAccounts(TenantWriter tenant, ulong seed)
    {
        Guid[] ids = [.. RolloutCast.Accounts.Select(account => new Chance(seed, CastStream + 1_000 + (ulong)account.Number).Id())];
        for (var i = 0; i < ids.Length; i++)
        {
            tenant.AddAccount(ids[i], RolloutCast.Accounts[i].PrincipalName, RolloutCast.Accounts[i].DisplayName, passkey: false);
        }

        return ids;
    }

    /// <summary>A tenth of the people directly in the top group, the rest in groups nested below it, the last of them one level deeper.</summary>
    private static void WriteGroups(TenantWriter tenant, Guid[] ids, ulong seed)
    {
        tenant.BeginGroups();
        var direct = ids.Length / 10;
        var size = Math.Clamp(ids.Length / 10, 1, LargestGroup);
        var nested = new List<Guid>();
        var start = direct;
        for (var number = 1; start < ids.Length; number++)
        {
            var id = new Chance(seed, GroupStream + (ulong)number).Id();
            var members = ids.AsMemory(start, Math.Min(size, ids.Length - start));
            start += members.Length;
            var below = start >= ids.Length && nested.Count > 0 ? nested[^1] : Guid.Empty;
            tenant.AddGroup(
                id,
                string.Create(CultureInfo.InvariantCulture, $"MFA-Migrate-{number:00}"),
                below == Guid.Empty ? Members(members) : Members(members).Append(below));
            if (below != Guid.Empty)
            {
                nested.RemoveAt(nested.Count - 1);
            }

            nested.Add(id);
        }

        tenant.AddGroup(new Chance(seed, GroupStream).Id(), Everybody, Members(ids.AsMemory(0, direct)).Concat(nested));
    }

    private static IEnumerable<Guid> Members(ReadOnlyMemory<Guid> ids)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            yield return ids.Span[i];
        }
    }
}
