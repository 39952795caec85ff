namespace MfaPlan.Sandbox.Tests;

public sealed class DirectoryTests
{
    private static readonly (string, string) Eventual = ("ConsistencyLevel", "eventual");

    [Fact]
    public async Task A_group_is_found_by_its_name_with_doubled_quotes()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.GetAsync("v1.0/groups?$filter=displayName eq 'Parent''s'&$select=id,displayName");

        reply.Value.Count.ShouldBe(1);
        reply.Value[0]!.AsObject().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Members_through_nested_groups_are_listed_once()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var all = await sandbox.AllAsync(Tenants.Group('1') + "/transitiveMembers");
        var users = await sandbox.AllAsync(Tenants.Group('1') + "/transitiveMembers/microsoft.graph.user?$count=true", Eventual);

        all.Count.ShouldBe(3);
        users.Select(static user => (string?)user["id"]).ShouldBe([Tenants.Ann, Tenants.Bob]);
    }

    [Theory]
    [InlineData("members/graph.user?$count=true", false, 400)]
    [InlineData("members/graph.user", true, 400)]
    [InlineData("members/graph.user?$count=true", true, 200)]
    [InlineData("members/$count", false, 400)]
    [InlineData("members/$count", true, 200)]
    public async Task Advanced_queries_need_header_and_count(string path, bool hasHeader, int status)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.GetAsync(Tenants.Group('1') + "/" + path, hasHeader ? [Eventual] : []);

        reply.ShouldBe(status);
    }

    [Fact]
    public async Task Pages_are_followed_by_opaque_links_and_counted_once()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Many(25, """, "faults": { "emptyPageRate": 0.5, "seed": 1 }"""));
        const string Members = "v1.0/groups/10000000-0000-0000-0000-0000000000f1/members/graph.user?$count=true&$top=10&$select=id";

        var first = await sandbox.GetAsync(Members, Eventual);
        var second = await sandbox.GetAsync((string)first.Json!["@odata.nextLink"]!, Eventual);
        var all = await sandbox.AllAsync(Members, Eventual);

        ((int?)first.Json["@odata.count"]).ShouldBe(25);
        second.Json!["@odata.count"].ShouldBeNull();
        ((string)first.Json["@odata.nextLink"]!).ShouldStartWith(sandbox.Server.BaseAddress + "v1.0/");
        all.Select(static item => (string?)item["id"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(25);
    }

    [Fact]
    public async Task A_page_has_at_most_999_objects_and_100_unasked()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Many(150));

        var unasked = await sandbox.GetAsync("v1.0/users");
        var tooLarge = await sandbox.GetAsync("v1.0/users?$top=1000");

        unasked.Value.Count.ShouldBe(100);
        tooLarge.ShouldBe(400);
        (await sandbox.AllAsync("v1.0/users?$top=999")).Count.ShouldBe(150);
    }

    [Fact]
    public async Task Without_select_a_user_has_the_default_properties_only()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var user = await sandbox.GetAsync("v1.0/users/ann@contoso.com");
        var selected = await sandbox.GetAsync("beta/users/" + Tenants.Ann + "?$select=id,accountEnabled,employeeId");

        user.Json!["accountEnabled"].ShouldBeNull();
        user.Json.AsObject().Count.ShouldBe(11);
        ((bool?)selected.Json!["accountEnabled"]).ShouldBe(true);
        selected.Json.AsObject().ContainsKey("employeeId").ShouldBeTrue();
    }

    [Theory]
    [InlineData("id eq '00000000-0000-0000-0000-0000000000a1'", 1)]
    [InlineData("userPrincipalName in ('ann@contoso.com','BOB@contoso.com','x')", 2)]
    [InlineData("onPremisesSecurityIdentifier eq 'S-1-5-21-1-1001'", 1)]
    [InlineData("startsWith(userPrincipalName,'bo')", 1)]
    [InlineData("accountEnabled eq true and displayName eq 'Ann'", 1)]
    [InlineData("(id eq 'x' or userPrincipalName eq 'bob@contoso.com') and accountEnabled eq false", 0)]
    public async Task Users_are_filtered(string filter, int count)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        (await sandbox.AllAsync("v1.0/users?$filter=" + Uri.EscapeDataString(filter))).Count.ShouldBe(count);
    }

    [Theory]
    [InlineData("onPremisesSamAccountName eq 'ann'", false, 400)]
    [InlineData("onPremisesSamAccountName eq 'ann'", true, 200)]
    [InlineData("endsWith(userPrincipalName,'@contoso.com')", false, 400)]
    [InlineData("endsWith(userPrincipalName,'@contoso.com')", true, 200)]
    [InlineData("onPremisesDomainName eq 'x'", true, 400)]
    [InlineData("displayName eq", true, 400)]
    public async Task Some_filters_are_advanced_and_some_are_none(string filter, bool isAdvanced, int status)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.GetAsync(
            "v1.0/users?$filter=" + Uri.EscapeDataString(filter) + (isAdvanced ? "&$count=true" : ""),
            isAdvanced ? [Eventual] : []);

        reply.ShouldBe(status);
    }

    [Fact]
    public async Task Objects_are_fetched_by_their_ids_in_bulk()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.PostAsync(
            "v1.0/directoryObjects/getByIds",
            $$"""{ "ids": [ "{{Tenants.Ann}}", "{{Tenants.Bob}}", "nobody" ], "types": [ "user" ] }""");

        reply.Value.Count.ShouldBe(2);
        sandbox.Server.Counters.Writes.ShouldBe(0);
    }

    [Fact]
    public async Task A_member_is_added_once_and_removed_once()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var body = $$"""{ "@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/{{Tenants.Ann}}" }""";

        var added = await sandbox.PostAsync(Tenants.Group('5') + "/members/$ref", body);
        var again = await sandbox.PostAsync(Tenants.Group('5') + "/members/$ref", body);
        var members = await sandbox.AllAsync(Tenants.Group('5') + "/members");
        var withoutRef = await sandbox.DeleteAsync(Tenants.Group('5') + "/members/" + Tenants.Ann);
        var removed = await sandbox.DeleteAsync(Tenants.Group('5') + "/members/" + Tenants.Ann + "/$ref");
        var missing = await sandbox.DeleteAsync(Tenants.Group('5') + "/members/" + Tenants.Ann + "/$ref");

        added.ShouldBe(204);
        again.ShouldBe(400);
        ((string?)members.Single()["@odata.type"]).ShouldBe("#microsoft.graph.user");
        withoutRef.ShouldBe(403);
        removed.ShouldBe(204);
        missing.ShouldBe(404);
    }

    [Fact]
    public async Task Members_are_bound_all_or_none()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var refused = await sandbox.PatchAsync(
            Tenants.Group('5'),
            $$"""{ "members@odata.bind": [ "https://x/v1.0/directoryObjects/{{Tenants.Ann}}", "https://x/v1.0/directoryObjects/nobody" ] }""");
        var before = await sandbox.AllAsync(Tenants.Group('5') + "/members");
        var bound = await sandbox.PatchAsync(
            Tenants.Group('5'),
            $$"""{ "members@odata.bind": [ "https://x/v1.0/directoryObjects/{{Tenants.Ann}}", "https://x/v1.0/directoryObjects/{{Tenants.Bob}}" ] }""");

        refused.ShouldBe(404);
        before.ShouldBeEmpty();
        bound.ShouldBe(204);
        (await sandbox.AllAsync(Tenants.Group('5') + "/members")).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData('3')]
    [InlineData('4')]
    public async Task Dynamic_and_synced_groups_are_not_written(char group)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.PostAsync(
            Tenants.Group(group) + "/members/$ref",
            $$"""{ "@odata.id": "https://x/v1.0/directoryObjects/{{Tenants.Ann}}" }""");

        reply.ShouldBe(400);
    }

    [Fact]
    public async Task A_user_knows_the_groups_it_is_in()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var path = "v1.0/users/" + Tenants.Bob;

        var direct = await sandbox.AllAsync(path + "/memberOf");
        var all = await sandbox.AllAsync(path + "/transitiveMemberOf/graph.group?$count=true&$select=id,displayName", Eventual);
        var check = await sandbox.PostAsync(
            path + "/checkMemberGroups",
            """{ "groupIds": [ "00000000-0000-0000-0000-0000000000f1", "00000000-0000-0000-0000-0000000000f5" ] }""");

        direct.Select(static group => (string?)group["displayName"]).ShouldBe(["Nested"]);
        all.Select(static group => (string?)group["displayName"]).ShouldBe(["Parent's", "Nested"]);
        ((string?)check.Value.Single()).ShouldBe("00000000-0000-0000-0000-0000000000f1");
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData(""", "sandbox": { "perUserMfaStateOnUsers": true }""", 200)]
    public async Task The_per_user_state_is_on_users_only_where_the_tenant_has_it(string more, int status)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(more));
        await sandbox.PatchAsync(Tenants.BetaUser(Tenants.Bob) + "/requirements", """{ "perUserMfaState": "enforced" }""");

        var reply = await sandbox.GetAsync($"v1.0/users/{Tenants.Bob}?$select=id,perUserMfaState");

        reply.ShouldBe(status);
        ((string?)reply.Json!["perUserMfaState"]).ShouldBe(status == 200 ? "enforced" : null);
    }

    [Fact]
    public async Task What_does_not_exist_is_404_with_the_envelope_and_headers()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.GetAsync("v1.0/users/nobody", ("client-request-id", "11111111-1111-1111-1111-111111111111"));

        reply.ShouldBe(404);
        reply.Code.ShouldBe("Request_ResourceNotFound");
        reply.Headers["client-request-id"].ShouldBe("11111111-1111-1111-1111-111111111111");
        ((string?)reply.Json!["error"]!["innerError"]!["request-id"]).ShouldBe(reply.Headers["request-id"]);
    }
}
