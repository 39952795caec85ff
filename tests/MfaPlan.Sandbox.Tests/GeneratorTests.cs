using System.Text.Json;
using MfaPlan.Sandbox.Generating;

namespace MfaPlan.Sandbox.Tests;

public sealed class GeneratorTests : IDisposable
{
    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("mfaplan-generator-").FullName;

    [Fact]
    public void The_same_seed_makes_the_same_company()
    {
        var (one, other, apart) = (Make("a", 400, 7), Make("b", 400, 7), Make("c", 400, 8));

        other.Company.ShouldBe(one.Company with { BreakGlass = other.Company.BreakGlass });
        File.ReadAllBytes(other.Tenant).ShouldBe(File.ReadAllBytes(one.Tenant));
        File.ReadAllBytes(other.Export).ShouldBe(File.ReadAllBytes(one.Export));
        File.ReadAllBytes(apart.Export).ShouldNotBe(File.ReadAllBytes(one.Export));
    }

    [Fact]
    public void A_larger_company_begins_with_the_same_people()
    {
        var (small, large) = (Users(Make("a", 100, 7)), Users(Make("b", 300, 7)));

        large[..100].ShouldBe(small[..100]);
    }

    [Fact]
    public void What_it_says_it_made_is_what_is_there()
    {
        var made = Make("a", 3000, 7);
        var rows = File.ReadAllLines(made.Export)[1..];
        var names = Users(made).Select(static user => JsonDocument.Parse(user).RootElement).ToDictionary(
            static user => user.GetProperty("userPrincipalName").GetString()!,
            static user => user.TryGetProperty("onPremisesSecurityIdentifier", out var sid) ? sid.GetString()! : "");

        rows.Length.ShouldBe(3000 - made.Company.NeverInSource + made.Company.Leavers);
        rows.Count(static row => row.StartsWith("left", StringComparison.Ordinal)).ShouldBe(made.Company.Leavers);
        rows.Count(row => names.TryGetValue(row.Split(',')[0], out var sid) && sid.Length > 0 && sid != row.Split(',')[^1])
            .ShouldBeLessThanOrEqualTo(made.Company.RecycledNames);
        made.Company.RecycledNames.ShouldBeInRange(5, 30);
        rows.ShouldAllBe(static row => row.Count(static c => c == ',') == 55);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(11)]
    [InlineData(1234)]
    public async Task Everybody_is_in_the_group_once_directly_or_nested(int users)
    {
        var made = Make("a", users, 1);
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { TenantFile = made.Tenant }, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Add("ConsistencyLevel", "eventual");
        using var groups = JsonDocument.Parse(await http.GetStringAsync(
            new Uri("v1.0/groups?$filter=displayName eq 'MFA-Migrate-All'", UriKind.Relative)));
        var id = groups.RootElement.GetProperty("value")[0].GetProperty("id").GetString();

        var count = await http.GetStringAsync(new Uri($"v1.0/groups/{id}/transitiveMembers/microsoft.graph.user/$count", UriKind.Relative));

        count.Trim('\uFEFF').ShouldBe($"{users}");
    }

    [Fact]
    public void A_company_of_nobody_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => CompanyGenerator.Generate(new GeneratorOptions(0, 1), _root));

    public void Dispose() => System.IO.Directory.Delete(_root, recursive: true);

    private static string[] Users((GeneratedCompany Company, string Tenant, string Export) made)
    {
        using var tenant = JsonDocument.Parse(File.ReadAllBytes(made.Tenant));
        return [.. tenant.RootElement.GetProperty("users").EnumerateArray().Select(static user => user.GetRawText())];
    }

    private (GeneratedCompany Company, string Tenant, string Export) Make(string name, int users, ulong seed)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        var company = CompanyGenerator.Generate(new GeneratorOptions(users, seed), folder);
        return (company, Path.Combine(folder, CompanyGenerator.TenantFile), Path.Combine(folder, CompanyGenerator.ExportFile));
    }
}
