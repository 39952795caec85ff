using System.Text.Json.Nodes;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Graph.Tests;

/// <summary>The staged rollout, its groups and members, and federations on the wire.</summary>
public sealed class RoutingTests
{
    private const string Policies = "/v1.0/policies/featureRolloutPolicies";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly Guid Group = World.Id(50);

    private static Answer Rollout(Asked asked) => asked.Path switch
    {
        Policies => new Answer(200, """{"value":[{"id":"p0","feature":"passwordHashSync"},{"id":"p1","feature":"multiFactorAuthentication"}]}"""),
        Policies + "/p1" when asked.Method == "GET" => new Answer(
            200,
            $$"""{"id":"p1","displayName":"MFA","feature":"multiFactorAuthentication","isEnabled":true,"isAppliedToOrganization":false,"appliesTo":[{"id":"{{World.Id(60)}}"},{"id":"{{World.Id(55)}}"}]}"""),
        _ => new Answer(204),
    };

    [Fact]
    public async Task The_rollout_is_found_by_its_feature_with_unknown_words_asked_for()
    {
        await using var world = new World(Rollout);

        var seen = (await world.RunAsync(static tenant => tenant.ReadRolloutAsync(World.None))).ShouldBeSeen();

        seen.ShouldBe(new RolloutPolicy("p1", "MFA", Enabled: true, ForEverybody: false, [World.Id(55), World.Id(60)]));
        world.Graph.Requests.ShouldAllBe(static asked => asked.Headers["Prefer"] == "include-unknown-enum-members");
        world.Graph.Requests[^1].Query.ShouldContain("$expand=appliesTo");
    }

    [Theory]
    [InlineData("""{"value":[]}""", null)]
    [InlineData("""{"value":[{"id":"p1","feature":"unknownFutureValue"}]}""", "RolloutFeatureHidden")]
    [InlineData("""{"value":[{"id":"p1","feature":"multiFactorAuthentication"},{"id":"p2","feature":"multiFactorAuthentication"}]}""", "SeveralRolloutPolicies")]
    public async Task No_rollout_is_seen_and_one_that_might_be_it_is_unknown(string list, string? code)
    {
        await using var world = new World(_ => new Answer(200, list));

        var read = await world.RunAsync(static tenant => tenant.ReadRolloutAsync(World.None));

        if (code is null)
        {
            read.ShouldBeSeen().ShouldBeNull();
        }
        else
        {
            read.ShouldBeUnknown().ShouldBe(code);
        }
    }

    [Fact]
    public async Task A_policy_whose_groups_are_hidden_is_unknown()
    {
        await using var world = new World(static asked => asked.Path == Policies
            ? Rollout(asked)
            : new Answer(200, """{"id":"p1","displayName":"MFA","feature":"multiFactorAuthentication","isEnabled":true}"""));

        (await world.RunAsync(static tenant => tenant.ReadRolloutAsync(World.None))).ShouldBeUnknown().ShouldBe("RolloutPropertiesHidden");
    }

    public static TheoryData<Change, string, string, string?> Writes => new()
    {
        {
            new Change.CreateRollout("MFA rollout policy", "r"), "POST", Policies,
            """{"displayName":"MFA rollout policy","feature":"multiFactorAuthentication","isEnabled":true,"isAppliedToOrganization":false}"""
        },
        { new Change.EnableRollout(After: true, "r"), "PATCH", Policies + "/p1", """{"isEnabled":true}""" },
        {
            new Change.AttachGroup(Group, After: true, "r"), "POST", Policies + "/p1/appliesTo/$ref",
            $$"""{"@odata.id":"http://127.0.0.1:5005/v1.0/directoryObjects/{{Group}}"}"""
        },
        { new Change.AttachGroup(Group, After: false, "undo"), "DELETE", $"{Policies}/p1/appliesTo/{Group}/$ref", null },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task The_rollout_is_written_in_one_request(Change change, string method, string path, string? body)
    {
        await using var world = new World(Rollout);

        var result = await world.Time.RunAsync(world.Tenant.SendAsync(RolloutPlanner.Id, change, Timeout, OwnFence.Instance));

        result.ShouldBeOfType<SendResult.Accepted>();
        var write = world.Graph.Requests.Single(static asked => asked.Method != "GET");
        (write.Method, write.Path).ShouldBe((method, path));
        JsonNode.DeepEquals(Parse(write.Body), Parse(body)).ShouldBeTrue(write.Body);
    }

    [Fact]
    public async Task A_group_cannot_be_added_to_a_rollout_that_is_gone_and_nothing_is_sent()
    {
        await using var world = new World(static _ => new Answer(200, """{"value":[]}"""));

        var result = await world.Time.RunAsync(
            world.Tenant.SendAsync(RolloutPlanner.Id, new Change.AttachGroup(Group, After: true, "r"), Timeout, OwnFence.Instance));

        result.ShouldBe(new SendResult.Refused("RolloutPolicyGone", null));
        world.Graph.Requests.ShouldAllBe(static asked => asked.Method == "GET");
    }

    /// <summary>Without /$ref the deletion would be of the user itself.</summary>
    [Fact]
    public async Task A_member_is_added_and_taken_out_by_reference()
    {
        await using var world = new World(static _ => new Answer(204));
        var unit = UnitId.ForUser(World.Id(1));

        await world.Time.RunAsync(world.Tenant.SendAsync(unit, new Change.RouteUser(Group, After: true, "r"), Timeout, OwnFence.Instance));
        await world.Time.RunAsync(world.Tenant.SendAsync(unit, new Change.RouteUser(Group, After: false, "undo"), Timeout, OwnFence.Instance));

        world.Graph.Requests.Select(static asked => $"{asked.Method} {asked.Path}").ShouldBe(
            [$"POST /v1.0/groups/{Group}/members/$ref", $"DELETE /v1.0/groups/{Group}/members/{World.Id(1)}/$ref"]);
        Parse(world.Graph.Requests[0].Body)!["@odata.id"]!.GetValue<string>().ShouldEndWith($"/directoryObjects/{World.Id(1)}");
    }

    [Fact]
    public async Task Members_that_are_no_users_are_told_apart()
    {
        await using var world = new World(static asked => asked.Query.Contains("skip", StringComparison.Ordinal)
            ? new Answer(200, $$"""{"value":[{"@odata.type":"#microsoft.graph.orgContact","id":"{{World.Id(3)}}"},{"id":"{{World.Id(4)}}"}]}""")
            : new Answer(
                200,
                $$"""{"@odata.nextLink":"http://127.0.0.1:5005/v1.0/groups/{{Group}}/members?$skiptoken=2","value":[{"@odata.type":"#microsoft.graph.user","id":"{{World.Id(1)}}"},{"@odata.type":"#microsoft.graph.group","id":"{{World.Id(2)}}"}]}"""));

        var seen = (await world.RunAsync(static tenant => tenant.ReadGroupContentAsync(Group, World.None))).ShouldBeSeen();

        seen.Users.ShouldBe([World.Id(1)]);
        seen.Others.ShouldBe([World.Id(2), World.Id(3), World.Id(4)]);
    }

    [Fact]
    public async Task A_federation_is_read_whole_and_written_by_one_property()
    {
        await using var world = new World(static asked => asked.Method == "GET"
            ? new Answer(200, """{"value":[{"@odata.type":"#microsoft.graph.internalDomainFederation","id":"f1","issuerUri":"http://sts","federatedIdpMfaBehavior":"acceptIfMfaDoneByFederatedIdp"}]}""")
            : new Answer(200, "{}"));

        var seen = (await world.RunAsync(static tenant => tenant.ReadFederationAsync("contoso.com", World.None))).ShouldBeSeen().ShouldNotBeNull();
        await world.Time.RunAsync(world.Tenant.SendAsync(
            UnitId.Named(UnitKind.Domain, "contoso.com"), new Change.SetFederatedMfa(seen, FederationSettings.Reject, "cutOver"), Timeout, OwnFence.Instance));

        seen.ShouldBe(new FederationSettings(
            "f1", FederationSettings.Accept, """{"federatedIdpMfaBehavior":"acceptIfMfaDoneByFederatedIdp","id":"f1","issuerUri":"http://sts"}"""));
        var write = world.Graph.Requests[^1];
        (write.Method, write.Path, write.Body).ShouldBe(
            ("PATCH", "/v1.0/domains/contoso.com/federationConfiguration/f1", """{"federatedIdpMfaBehavior":"rejectMfaByFederatedIdp"}"""));
    }

    [Theory]
    [InlineData(404, """{"error":{"code":"Request_ResourceNotFound"}}""", null, true)]
    [InlineData(403, """{"error":{"code":"Authorization_RequestDenied"}}""", "Authorization_RequestDenied", false)]
    [InlineData(200, """{"value":[{"id":"f1","federatedIdpMfaBehavior":"unknownFutureValue"}]}""", "UnknownMfaBehavior", false)]
    [InlineData(200, """{"value":[{"issuerUri":"http://sts"}]}""", "FederationPropertiesHidden", false)]
    [InlineData(200, """{"value":[{"id":"f1"},{"id":"f2"}]}""", "UnknownFederation", false)]
    public async Task A_domain_without_federation_is_seen_and_what_is_not_understood_is_unknown(int status, string body, string? code, bool none)
    {
        await using var world = new World(_ => new Answer(status, body));

        var read = await world.RunAsync(static tenant => tenant.ReadFederationAsync("contoso.com", World.None));

        if (none)
        {
            read.ShouldBeSeen().ShouldBeNull();
        }
        else
        {
            read.ShouldBeUnknown().ShouldBe(code);
        }
    }

    [Fact]
    public async Task A_behaviour_that_was_never_set_is_told_from_every_other()
    {
        await using var world = new World(static _ => new Answer(200, """{"value":[{"id":"f1","federatedIdpMfaBehavior":null}]}"""));

        (await world.RunAsync(static tenant => tenant.ReadFederationAsync("contoso.com", World.None))).ShouldBeSeen()!.MfaBehavior.ShouldBeNull();
    }

    private static JsonNode? Parse(string? body) => string.IsNullOrEmpty(body) ? null : JsonNode.Parse(body);
}
