using System.Globalization;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Graph.Tests;

public sealed class DirectoryUserTests
{
    private const string Root = "http://127.0.0.1:5005";

    private static string User(int id, string domain, bool enabled = true) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"id\":\"{World.Id(id)}\",\"userPrincipalName\":\"u{id}@{domain}\",\"accountEnabled\":{(enabled ? "true" : "false")}}}");

    private static Answer Page(string? next, params string[] users) =>
        Answer.Ok($$"""{"value":[{{string.Join(',', users)}}]{{(next is null ? "" : $",\"@odata.nextLink\":\"{next}\"")}}}""");

    [Fact]
    public async Task The_directory_is_read_whole_not_searched_and_the_domains_are_compared_here()
    {
        await using var world = new World(asked => asked.Query == "?a"
            ? Page(null, User(4, "dev.contoso.com"), User(5, "notcontoso.com"), User(1, "CONTOSO.com"))
            : Page(Root + "/p?a", User(1, "contoso.com"), User(2, "contoso.com", enabled: false), User(3, "fabrikam.com")));

        var users = await world.Tenant.ReadUsersOfDomainsAsync(["contoso.com"], World.None).ListAsync();

        users.Select(static user => user.Id).ShouldBe([World.Id(1), World.Id(4)]);
        world.Graph.Requests[0].Path.ShouldBe("/v1.0/users");
        world.Graph.Requests.ShouldAllBe(static asked => !asked.Query.Contains("filter") && !asked.Headers.ContainsKey("ConsistencyLevel"));
    }

    [Fact]
    public async Task A_directory_that_breaks_off_or_hides_a_state_gives_no_part_for_the_whole()
    {
        await using var broken = new World(asked => asked.Query == "?a" ? Answer.Error(403, "Authorization_RequestDenied") : Page(Root + "/p?a", User(1, "contoso.com")));
        await using var hidden = new World(_ => Page(null, $$"""{"id":"{{World.Id(1)}}","userPrincipalName":"u@contoso.com"}"""));

        var denied = await Should.ThrowAsync<TenantReadException>(broken.Tenant.ReadUsersOfDomainsAsync(["contoso.com"], World.None).ListAsync());
        var stateless = await Should.ThrowAsync<TenantReadException>(hidden.Tenant.ReadUsersOfDomainsAsync(["contoso.com"], World.None).ListAsync());

        denied.Code.ShouldBe("Authorization_RequestDenied");
        stateless.Code.ShouldBe("MemberPropertiesHidden");
    }
}
