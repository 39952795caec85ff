using System.Globalization;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Graph.Tests;

public sealed class MembersTests
{
    private const string Root = "http://127.0.0.1:5005";

    private static readonly Guid Group = World.Id(99);

    private static string User(int id, string more = "") =>
        $$"""{"id":"{{World.Id(id)}}","userPrincipalName":"u{{id.ToString(CultureInfo.InvariantCulture)}}@contoso.com","accountEnabled":true{{more}}}""";

    private static Answer Page(string? next, params string[] users) =>
        Answer.Ok($$"""{"@odata.context":"x","value":[{{string.Join(',', users)}}]{{(next is null ? "" : $",\"@odata.nextLink\":\"{next}\"")}}}""");

    [Fact]
    public async Task Every_page_is_asked_for_with_the_consistency_header()
    {
        await using var world = new World(asked => asked.Query.Contains("skiptoken", StringComparison.Ordinal)
            ? Page(null, User(2))
            : Page(Root + "/v1.0/next?$skiptoken=A", User(1)));

        await world.Tenant.ReadMembersAsync(Group, World.None).ListAsync();

        world.Graph.Requests.Count.ShouldBe(2);
        world.Graph.Requests.ShouldAllBe(asked => asked.Headers["ConsistencyLevel"] == "eventual");
        world.Graph.Requests[0].Path.ShouldBe($"/v1.0/groups/{Group}/transitiveMembers/microsoft.graph.user");
        world.Graph.Requests[0].Query.ShouldBe(
            "?$count=true&$select=id,userPrincipalName,accountEnabled,userType,onPremisesSyncEnabled,onPremisesSecurityIdentifier,"
            + "onPremisesDomainName,onPremisesSamAccountName&$top=999");
    }

    [Fact]
    public async Task A_next_link_is_followed_letter_by_letter()
    {
        const string Link = Root + "/v1.0/groups/x/transitiveMembers/microsoft.graph.user?$skiptoken=%7Ea%2Fb%2B/./c";
        await using var world = new World(asked => asked.Query.Contains("skiptoken", StringComparison.Ordinal) ? Page(null) : Page(Link, User(1)));

        await world.Tenant.ReadMembersAsync(Group, World.None).ListAsync();

        (Root + world.Graph.Requests[1].Address!.PathAndQuery).ShouldBe(Link);
    }

    [Fact]
    public async Task An_empty_page_does_not_end_the_collection()
    {
        await using var world = new World(asked => asked.Query switch
        {
            "?b" => Page(null, User(1)),
            "?a" => Page(Root + "/p?b"),
            _ => Page(Root + "/p?a"),
        });

        var users = await world.Tenant.ReadMembersAsync(Group, World.None).ListAsync();

        users.ShouldHaveSingleItem().Id.ShouldBe(World.Id(1));
    }

    [Fact]
    public async Task A_user_who_is_on_two_pages_comes_once()
    {
        await using var world = new World(asked => asked.Query == "?a" ? Page(null, User(1), User(2)) : Page(Root + "/p?a", User(1)));

        var users = await world.Tenant.ReadMembersAsync(Group, World.None).ListAsync();

        users.Select(static user => user.Id).ShouldBe([World.Id(1), World.Id(2)]);
    }

    [Fact]
    public async Task Links_that_go_round_in_a_circle_end_the_reading_with_an_error()
    {
        await using var world = new World(asked => Page(Root + (asked.Query == "?a" ? "/p?b" : "/p?a"), User(1)));

        var failure = await Should.ThrowAsync<TenantReadException>(world.Tenant.ReadMembersAsync(Group, World.None).ListAsync());

        failure.Code.ShouldBe("RepeatedNextLink");
    }

    [Theory]
    [InlineData("https://evil.example/v1.0/p?a", "HostNotAllowed")]
    [InlineData("http://127.0.0.1:5006/v1.0/p?a", "HostNotAllowed")]
    [InlineData("https://127.0.0.1:5005/v1.0/p?a", "HostNotAllowed")]
    [InlineData("http://127.0.0.1:5005@evil.example/p", "HostNotAllowed")]
    [InlineData("file:///etc/passwd", "HostNotAllowed")]
    [InlineData("p?a", "InvalidNextLink")]
    [InlineData("", "InvalidNextLink")]
    public async Task A_next_link_that_leads_elsewhere_is_not_followed(string link, string code)
    {
        await using var world = new World(_ => Page(link, User(1)));

        var failure = await Should.ThrowAsync<TenantReadException>(world.Tenant.ReadMembersAsync(Group, World.None).ListAsync());

        failure.Code.ShouldBe(code);
        world.Graph.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"@odata.type":"#microsoft.graph.user","id":"00000001-0000-0000-0000-000000000000","userPrincipalName":null}""")]
    [InlineData("""{"id":"00000001-0000-0000-0000-000000000000","userPrincipalName":"u@contoso.com"}""")]
    public async Task A_member_whose_properties_are_hidden_is_an_error_and_no_half_user(string user)
    {
        await using var world = new World(_ => Page(null, user));

        var failure = await Should.ThrowAsync<TenantReadException>(world.Tenant.ReadMembersAsync(Group, World.None).ListAsync());

        failure.Code.ShouldBe("MemberPropertiesHidden");
    }

    [Fact]
    public async Task Ids_alone_can_be_read_without_the_permission_to_see_more()
    {
        await using var world = new World(_ => Page(null, $$"""{"id":"{{World.Id(1)}}"}"""));

        var ids = await world.Tenant.ReadMemberIdsAsync(Group, World.None);

        ids.ShouldBeSeen().ShouldHaveSingleItem().ShouldBe(World.Id(1));
    }

    [Fact]
    public async Task All_properties_of_a_synced_guest_arrive()
    {
        await using var world = new World(_ => Page(null, User(
            1, ""","userType":"Guest","onPremisesSyncEnabled":true,"onPremisesSecurityIdentifier":"S-1-5","onPremisesDomainName":"d","onPremisesSamAccountName":"sam","x":{"y":[1]}""")));

        var user = (await world.Tenant.ReadMembersAsync(Group, World.None).ListAsync()).Single();

        (user.Guest, user.Synced, user.Sid?.ToString(), user.Domain, user.SamAccountName?.Reveal(), user.PrincipalName.Reveal())
            .ShouldBe((true, true, "S-1-5", "d", "sam", "u1@contoso.com"));
    }

    [Fact]
    public async Task A_failure_on_a_later_page_is_an_error_and_no_short_group()
    {
        await using var world = new World(asked => asked.Query == "?a" ? Answer.Error(403, "Authorization_RequestDenied") : Page(Root + "/p?a", User(1)));

        var failure = await Should.ThrowAsync<TenantReadException>(world.Tenant.ReadMembersAsync(Group, World.None).ListAsync());
        var ids = await world.Tenant.ReadMemberIdsAsync(Group, World.None);

        failure.Code.ShouldBe("Authorization_RequestDenied");
        ids.ShouldBeUnknown().ShouldBe("Authorization_RequestDenied");
    }

    [Fact]
    public async Task An_answer_without_value_is_an_error_and_no_empty_group()
    {
        await using var world = new World(_ => Answer.Ok("{}"));

        var ids = await world.Tenant.ReadMemberIdsAsync(Group, World.None);

        ids.ShouldBeUnknown().ShouldBe("InvalidAnswer");
    }

    [Fact]
    public async Task The_next_page_is_not_read_before_the_first_is_used()
    {
        await using var world = new World(_ => Page(Root + "/p?a", User(1), User(2)));

        await foreach (var user in world.Tenant.ReadMembersAsync(Group, World.None))
        {
            user.ShouldNotBeNull();
            break;
        }

        world.Graph.Requests.Count.ShouldBe(1);
    }
}
