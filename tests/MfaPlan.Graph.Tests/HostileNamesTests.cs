using System.Text.Json;
using MfaPlan.Sandbox;

namespace MfaPlan.Graph.Tests;

/// <summary>Names with the signs that paths and filters are made of, asked of the simulated tenant: the object of that name is found, and no other.</summary>
public sealed class HostileNamesTests : IAsyncLifetime
{
    /// <summary>Each beside the name that a wrong escape would make of it.</summary>
    private static readonly string[] Names =
    [
        "o'brien#EXT#@contoso.onmicrosoft.com", "o''brien#EXT#@contoso.onmicrosoft.com", "o'brien", "obrien@contoso.com", "a%2fb@contoso.com", "a/b@contoso.com",
        "a%252fb@contoso.com", "$x@contoso.com", "x@contoso.com", "%24x@contoso.com", "$a'b@contoso.com", "a+b@contoso.com", "a b@contoso.com", "a%2Bb@contoso.com",
        "a&b=c@contoso.com", "a?b@contoso.com", "a;b@contoso.com", "(a)@contoso.com", "é@contoso.com", "a'); b@contoso.com", "users", "..", "$count@contoso.com", "me",
    ];

    /// <summary>Names of groups; those that are filters of their own would find every group.</summary>
    private static readonly string[] GroupNames =
    [
        "Bob's", "Bob''s", "Bobs", "x' or displayName ne 'y", "' or startswith(displayName,'B", "R&D", "R%26D", "R", "100% + #1", "100%25 + #1", "a+b", "a b", "a%27b", "$filter", "é", "\"quoted\"",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mfaplan-");
    private SandboxServer? _sandbox;
    private GraphTenant? _tenant;

    public static TheoryData<string> Users => [.. Names];

    public static TheoryData<string> Groups => [.. GroupNames];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(_folder.FullName, "tenant.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
        {
            tenantId = World.Id(999),
            users = Names.Select(static (name, i) => new { id = World.Id(i + 1), userPrincipalName = name, displayName = "User", accountEnabled = true, userType = "Member" }),
            groups = GroupNames.Select(static (name, i) => new { id = World.Id(i + 1001), displayName = name, securityEnabled = true, mailEnabled = false }),
        }));
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { TenantFile = file }, Cancel);
        _tenant = GraphTenant.Open(new GraphTenantOptions(_sandbox.BaseAddress));
    }

    public async ValueTask DisposeAsync()
    {
        await (_tenant?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_sandbox?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task The_user_of_that_principal_name_is_found(string name)
    {
        var users = await _tenant!.FindUserAsync(name, Cancel);

        users.ShouldBeSeen().ShouldHaveSingleItem().PrincipalName.Reveal().ShouldBe(name);
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task The_group_of_that_name_is_found(string name)
    {
        var groups = await _tenant!.FindGroupsAsync(name, Cancel);

        groups.ShouldBeSeen().ShouldHaveSingleItem().Id.ShouldBe(World.Id(Array.IndexOf(GroupNames, name) + 1001));
    }

    [Theory]
    [InlineData("o'brien#EXT#@contoso.com")]
    [InlineData("x%40contoso.com")]
    [InlineData("../users/x@contoso.com")]
    [InlineData("x@contoso.com?$select=id")]
    [InlineData("x@contoso.com/")]
    public async Task A_name_that_nobody_has_finds_nobody(string name) =>
        (await _tenant!.FindUserAsync(name, Cancel)).ShouldBeSeen().ShouldBeEmpty();

    [Theory]
    [InlineData("' or '1' eq '1")]
    [InlineData("Bob's' or displayName eq 'R")]
    [InlineData("R&$top=999")]
    [InlineData("")]
    public async Task A_group_name_that_is_a_filter_finds_nothing(string name) =>
        (await _tenant!.FindGroupsAsync(name, Cancel)).ShouldBeSeen().ShouldBeEmpty();
}
