namespace MfaPlan.Graph.Tests;

public sealed class DirectoryTests
{
    [Theory]
    [InlineData("a@contoso.com", "/v1.0/users/a%40contoso.com")]
    [InlineData("x_fabrikam.com#EXT#@contoso.com", "/v1.0/users/x_fabrikam.com%23EXT%23%40contoso.com")]
    [InlineData("o'brien@contoso.com", "/v1.0/users/o%27brien%40contoso.com")]
    [InlineData("100%25@contoso.com", "/v1.0/users/100%2525%40contoso.com")]
    [InlineData("$a'b@contoso.com", "/v1.0/users('%24a%27%27b%40contoso.com')")]
    [InlineData("..", "/v1.0/users('..')")]
    [InlineData("../groups/1?x@y", "/v1.0/users/..%2Fgroups%2F1%3Fx%40y")]
    [InlineData("00000007-0000-0000-0000-000000000000", "/v1.0/users/00000007-0000-0000-0000-000000000000")]
    public async Task A_principal_name_stays_one_segment_of_the_path(string name, string path)
    {
        await using var world = new World(_ => Answer.NotFound);

        await world.Tenant.FindUserAsync(name, World.None);

        world.Graph.Requests.Single().Address!.AbsolutePath.ShouldBe(path);
    }

    [Fact]
    public async Task A_user_who_does_not_exist_is_seen_as_absent()
    {
        await using var world = new World(_ => Answer.NotFound);

        var user = await world.Tenant.FindUserAsync("a@contoso.com", World.None);

        user.ShouldBeSeen().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_404_that_is_not_about_the_object_is_unknown()
    {
        await using var world = new World(_ => Answer.Error(404, "UnknownError"));

        var user = await world.Tenant.FindUserAsync("a@contoso.com", World.None);

        user.ShouldBeUnknown().ShouldBe("UnknownError");
    }

    [Fact]
    public async Task A_user_whose_properties_are_hidden_is_unknown()
    {
        await using var world = new World(_ => Answer.Ok($$"""{"id":"{{World.Id(1)}}"}"""));

        var user = await world.Tenant.FindUserAsync("a@contoso.com", World.None);

        user.ShouldBeUnknown().ShouldBe("MemberPropertiesHidden");
    }

    [Fact]
    public async Task What_is_seen_carries_the_services_time()
    {
        await using var world = new World(_ => Answer.NotFound);
        world.Graph.Date = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var user = await world.Tenant.FindUserAsync("a@contoso.com", World.None);

        ((MfaPlan.Core.Tenants.Observed<System.Collections.Immutable.ImmutableArray<MfaPlan.Core.Tenants.DirectoryUser>>.Seen)user).At.ShouldBe(world.Graph.Date.Value);
    }

    [Fact]
    public async Task Quotes_in_a_group_name_are_doubled_in_the_filter()
    {
        await using var world = new World(_ => Answer.Ok("""{"value":[]}"""));

        var groups = await world.Tenant.FindGroupsAsync("Bob's + 1 & co", World.None);

        groups.ShouldBeSeen().ShouldBeEmpty();
        world.Graph.Requests.Single().Path.ShouldBe("/v1.0/groups");
        world.Graph.Requests.Single().Query.ShouldContain("$filter=displayName eq 'Bob''s + 1 & co'");
        world.Graph.Requests.Single().Address!.Query.ShouldContain("%2B");
    }

    [Fact]
    public async Task Several_groups_of_one_name_are_all_found_over_all_pages()
    {
        await using var world = new World(asked => Answer.Ok(asked.Query == "?p2"
            ? $$"""{"value":[{"id":"{{World.Id(1)}}","displayName":"G","groupTypes":["DynamicMembership","Unified"],"onPremisesSyncEnabled":true}]}"""
            : $$"""{"value":[{"id":"{{World.Id(2)}}","displayName":"G","groupTypes":[]}],"@odata.nextLink":"http://127.0.0.1:5005/v1.0/groups?p2"}"""));

        var groups = (await world.Tenant.FindGroupsAsync("G", World.None)).ShouldBeSeen();

        groups.Select(static group => group.Id).ShouldBe([World.Id(1), World.Id(2)]);
        (groups[0].Dynamic, groups[0].Microsoft365, groups[0].Synced).ShouldBe((true, true, true));
        (groups[1].Dynamic, groups[1].Microsoft365, groups[1].Synced).ShouldBe((false, false, false));
    }

    [Fact]
    public async Task The_group_that_is_spelt_exactly_so_wins_over_one_that_differs_in_case()
    {
        await using var world = new World(_ => Answer.Ok(
            $$"""{"value":[{"id":"{{World.Id(1)}}","displayName":"mfa"},{"id":"{{World.Id(2)}}","displayName":"MFA"}]}"""));

        var groups = (await world.Tenant.FindGroupsAsync("MFA", World.None)).ShouldBeSeen();

        groups.Single().Id.ShouldBe(World.Id(2));
    }

    [Fact]
    public async Task A_group_is_found_by_id_and_its_absence_is_seen()
    {
        await using var world = new World(asked => asked.Path.EndsWith(World.Id(1).ToString(), StringComparison.Ordinal)
            ? Answer.Ok($$"""{"id":"{{World.Id(1)}}","displayName":"G"}""")
            : Answer.NotFound);

        (await world.Tenant.FindGroupsAsync(World.Id(1).ToString(), World.None)).ShouldBeSeen().Single().DisplayName.ShouldBe("G");
        (await world.Tenant.FindGroupsAsync(World.Id(2).ToString(), World.None)).ShouldBeSeen().ShouldBeEmpty();
    }

    [Fact]
    public async Task Groups_that_may_not_be_read_are_unknown_with_the_deepest_code()
    {
        await using var world = new World(_ => new Answer(403, """{"error":{"code":"Forbidden","message":"","innererror":{"code":"accessDenied","date":"x"}}}"""));

        var groups = await world.Tenant.FindGroupsAsync("G", World.None);

        groups.ShouldBeUnknown().ShouldBe("accessDenied");
    }

    [Fact]
    public async Task An_error_without_a_body_is_named_by_its_status()
    {
        await using var world = new World(_ => new Answer(418));

        (await world.Tenant.FindGroupsAsync("G", World.None)).ShouldBeUnknown().ShouldBe("HTTP418");
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_no_answer()
    {
        await using var world = new World(_ => new Answer(302).With("Location", "https://evil.example/"));

        (await world.Tenant.FindGroupsAsync("G", World.None)).ShouldBeUnknown().ShouldBe("HTTP302");
        world.Graph.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hostile_next_link_of_the_sdks_pages_is_not_followed()
    {
        await using var world = new World(_ => Answer.Ok("""{"value":[],"@odata.nextLink":"https://evil.example/v1.0/domains"}"""));

        (await world.Tenant.ReadDomainsAsync(World.None)).ShouldBeUnknown().ShouldBe("HostNotAllowed");
        world.Graph.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Domains_come_by_name_with_their_kind()
    {
        await using var world = new World(_ => Answer.Ok(
            """{"value":[{"id":"b.com","authenticationType":"Managed"},{"id":"a.com","authenticationType":"Federated"}]}"""));

        var domains = (await world.Tenant.ReadDomainsAsync(World.None)).ShouldBeSeen();

        domains.Select(static domain => (domain.Name, domain.Federated)).ShouldBe([("a.com", true), ("b.com", false)]);
    }

    [Fact]
    public async Task A_domain_of_unknown_kind_makes_the_domains_unknown()
    {
        await using var world = new World(_ => Answer.Ok("""{"value":[{"id":"b.com","authenticationType":"New"}]}"""));

        (await world.Tenant.ReadDomainsAsync(World.None)).ShouldBeUnknown().ShouldBe("UnknownDomainAuthentication");
    }

    [Fact]
    public async Task A_read_is_repeated_after_a_passing_failure()
    {
        var answers = new Queue<Answer>([new(503), new(500), new(504), Answer.Ok("""{"value":[]}""")]);
        await using var world = new World(_ => answers.Dequeue());

        var domains = await world.RunAsync(tenant => tenant.ReadDomainsAsync(World.None));

        domains.ShouldBeSeen();
        world.Graph.Requests.Select(static asked => asked.Headers["client-request-id"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_read_that_fails_six_times_is_unknown()
    {
        await using var world = new World(_ => Answer.Error(503, "serviceNotAvailable"));

        var domains = await world.RunAsync(tenant => tenant.ReadDomainsAsync(World.None));

        domains.ShouldBeUnknown().ShouldBe("serviceNotAvailable");
        world.Graph.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_read_that_gets_no_answer_is_repeated_and_then_unknown()
    {
        await using var world = new World(_ => Answer.NotFound);
        world.Graph.Before = static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);

        var domains = await world.Time.RunAsync(world.Tenant.ReadDomainsAsync(World.None), TimeSpan.FromSeconds(1));

        domains.ShouldBeUnknown().ShouldBe("Timeout");
        world.Graph.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_throttled_read_waits_as_long_as_it_is_told_and_goes_again()
    {
        var answers = new Queue<Answer>([Answer.Throttle("5"), Answer.Ok("""{"value":[]}""")]);
        await using var world = new World(_ => answers.Dequeue());
        var start = world.Time.GetUtcNow();

        var domains = await world.RunAsync(tenant => tenant.ReadDomainsAsync(World.None));

        domains.ShouldBeSeen();
        (world.Time.GetUtcNow() - start).ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
    }
}
