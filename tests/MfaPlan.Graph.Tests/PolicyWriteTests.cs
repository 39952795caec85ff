using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Limiting;

namespace MfaPlan.Graph.Tests;

public sealed class PolicyWriteTests
{
    private const string Root = "policies/authenticationMethodsPolicy";
    private const string Configurations = Root + "/authenticationMethodConfigurations/";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly EnsuredGroup Group = new("G", World.Id(50), []);

    private static Change.AllowMethod Change(MethodKind kind, MethodConfiguration before, MethodConfiguration after) => new(kind, before, after, "r");

    private static MethodTarget Target(Guid? id, bool signIn = false, string? others = null) => new(id, IsUser: false, signIn) { Others = others };

    private static MethodConfiguration On(params MethodTarget[] include) => new(Enabled: true, [.. include], []);

    private static async Task<(Asked Asked, SendResult Result)> SendAsync(Change change, Answer? answer = null)
    {
        await using var world = new World(_ => answer ?? new Answer(204));
        var result = await world.Time.RunAsync(world.Tenant.SendAsync(PolicyPlanner.Id, change, Timeout, OwnFence.Instance));
        return (world.Graph.Requests.Single(), result);
    }

    [Fact]
    public async Task A_method_is_switched_on_in_one_request_that_says_no_more_than_changes()
    {
        var (asked, result) = await SendAsync(Change(
            MethodKind.Sms, MethodConfiguration.Off with { Exclude = [Target(World.Id(60))] },
            On(Target(Group.Id)) with { Exclude = [Target(World.Id(60))] }));

        result.ShouldBe(new SendResult.Accepted("req-204"));
        (asked.Method, asked.Path).ShouldBe(("PATCH", $"/v1.0/{Configurations}Sms"));
        JsonNode.DeepEquals(JsonNode.Parse(asked.Body!), JsonNode.Parse($$"""
            {"@odata.type":"#microsoft.graph.smsAuthenticationMethodConfiguration","state":"enabled",
             "includeTargets":[{"targetType":"group","id":"{{Group.Id}}","isUsableForSignIn":false}]}
            """)).ShouldBeTrue(asked.Body);
    }

    [Theory]
    [InlineData(MethodKind.Voice, "v1.0", "Voice", "voice")]
    [InlineData(MethodKind.Authenticator, "v1.0", "MicrosoftAuthenticator", "microsoftAuthenticator")]
    [InlineData(MethodKind.SoftwareOath, "v1.0", "SoftwareOath", "softwareOath")]
    [InlineData(MethodKind.HardwareOath, "beta", "HardwareOath", "hardwareOath")]
    public async Task Every_kind_is_written_under_its_own_id_and_type(MethodKind kind, string version, string id, string type)
    {
        var (asked, _) = await SendAsync(Change(kind, On(), On(Target(null, signIn: true))));

        asked.Path.ShouldBe($"/{version}/{Configurations}{id}");
        asked.Body.ShouldBe(
            $$"""{"@odata.type":"#microsoft.graph.{{type}}AuthenticationMethodConfiguration","includeTargets":[{"targetType":"group","id":"all_users"}]}""");
    }

    [Fact]
    public async Task A_way_back_that_only_switches_off_leaves_the_targets_alone()
    {
        var (asked, _) = await SendAsync(Change(MethodKind.Voice, On(Target(Group.Id)), On(Target(Group.Id)) with { Enabled = false }));

        asked.Body.ShouldBe("""{"@odata.type":"#microsoft.graph.voiceAuthenticationMethodConfiguration","state":"disabled"}""");
    }

    /// <summary>Read, merge, write: what this version does not understand of a target goes back as it came.</summary>
    [Fact]
    public async Task What_is_not_understood_of_a_target_survives_the_merge()
    {
        const string Was = """{"targetType":"group","id":"00000033-0000-0000-0000-000000000000","isRegistrationRequired":true,"authenticationMode":"push","future":{"a":[1,2]}}""";
        await using var world = new World(asked => asked.Method == "PATCH" ? new Answer(204) : asked.Path.EndsWith("/HardwareOath", StringComparison.Ordinal)
            ? Answer.Ok("""{"id":"HardwareOath","state":"disabled","includeTargets":[],"excludeTargets":[]}""")
            : Answer.Ok($$"""
                {"authenticationMethodConfigurations":[{"@odata.type":"#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration",
                 "id":"MicrosoftAuthenticator","state":"enabled","includeTargets":[{{Was}}],"excludeTargets":[]}]}
                """));
        var seen = (await world.RunAsync(tenant => tenant.LookAtPolicyAsync(World.None))).ShouldBeSeen();
        var unit = PolicyPlanner.Forward(
            [new EnsuredMethod(MethodKind.Authenticator, [Group], ForbidSignIn: false)],
            new MethodsPolicy(seen, ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty, null));

        await world.Time.RunAsync(world.Tenant.SendAsync(PolicyPlanner.Id, unit.Changes.Single(), Timeout, OwnFence.Instance));

        var written = JsonNode.Parse(world.Graph.Requests[^1].Body!)!["includeTargets"]!.AsArray();
        JsonNode.DeepEquals(written[0], JsonNode.Parse(Was)).ShouldBeTrue(written.ToJsonString());
        JsonNode.DeepEquals(written[1], JsonNode.Parse($$"""{"targetType":"group","id":"{{Group.Id}}"}""")).ShouldBeTrue(written.ToJsonString());
    }

    [Fact]
    public async Task A_look_reads_no_members_of_groups()
    {
        await using var world = new World(static asked => asked.Path.EndsWith("/HardwareOath", StringComparison.Ordinal)
            ? Answer.Ok("""{"id":"HardwareOath","state":"disabled","includeTargets":[],"excludeTargets":[]}""")
            : Answer.Ok("""
                {"authenticationMethodConfigurations":[{"@odata.type":"#microsoft.graph.voiceAuthenticationMethodConfiguration","id":"Voice","state":"enabled",
                 "includeTargets":[{"id":"00000033-0000-0000-0000-000000000000","targetType":"group"}],"excludeTargets":[]}]}
                """));

        var seen = (await world.RunAsync(tenant => tenant.LookAtPolicyAsync(World.None))).ShouldBeSeen();

        seen[MethodKind.Voice].Include.ShouldHaveSingleItem().Id.ShouldBe(new Guid(0x33, 0, 0, new byte[8]));
        world.Graph.Requests.Select(static asked => asked.Path).ShouldBe([$"/v1.0/{Root}", $"/beta/{Configurations}HardwareOath"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_look_that_is_refused_is_unknown()
    {
        await using var world = new World(static _ => Answer.Error(403, "Authorization_RequestDenied"));

        (await world.RunAsync(tenant => tenant.LookAtPolicyAsync(World.None))).ShouldBeUnknown().ShouldBe("Authorization_RequestDenied");
    }

    [Fact]
    public async Task A_write_that_the_tenant_refuses_says_so()
    {
        var (_, result) = await SendAsync(Change(MethodKind.Voice, MethodConfiguration.Off, On(Target(Group.Id))), Answer.Error(403, "accessDenied"));

        result.ShouldBeOfType<SendResult.Refused>().Code.ShouldBe("accessDenied");
    }

    [Fact]
    public async Task A_write_is_of_the_budget_of_the_directory()
    {
        await using var world = new World(static _ => new Answer(429));

        await world.Time.RunAsync(world.Tenant.SendAsync(PolicyPlanner.Id, Change(MethodKind.Voice, MethodConfiguration.Off, On(Target(Group.Id))), Timeout, OwnFence.Instance));

        world.Tenant.Limits.Where(static budget => budget.Throttled > 0).Select(static budget => budget.Budget).ShouldBe([Budget.Directory]);
    }

    [Fact]
    public async Task A_users_change_is_not_sent_for_the_policy_nor_the_other_way_round()
    {
        await using var world = new World(static _ => new Answer(204));
        var allow = Change(MethodKind.Voice, MethodConfiguration.Off, On(Target(Group.Id)));

        await Should.ThrowAsync<ArgumentException>(() => world.Tenant.SendAsync(UnitId.ForUser(World.Id(1)), allow, Timeout, OwnFence.Instance));
        await Should.ThrowAsync<ArgumentException>(() => world.Tenant.SendAsync(
            PolicyPlanner.Id, new Change.SetDefaultMethod(null, DefaultMethod.Push, "r"), Timeout, OwnFence.Instance));

        world.Graph.Requests.ShouldBeEmpty();
    }
}
