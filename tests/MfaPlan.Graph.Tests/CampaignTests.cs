using System.Text.Json.Nodes;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Graph.Tests;

/// <summary>The registration campaign, read and written on beta.</summary>
public sealed class CampaignTests
{
    private const string Path = "/beta/policies/authenticationMethodsPolicy";
    private const string Everybody = """[{"id":"all_users","targetType":"group","targetedAuthenticationMethod":"microsoftAuthenticator"}]""";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly WantedCampaign Wanted = new(new EnsuredGroup("G", World.Id(50), []), 3);

    private static string Enforcement(string include, string more = "", string state = "enabled", string days = "1") => $$"""
        { "authenticationMethodsRegistrationCampaign": {
          "snoozeDurationInDays":{{days}},"state":"{{state}}","includeTargets":{{include}},"excludeTargets":[]{{more}} } }
        """;

    private static async Task<Observed<RegistrationCampaign>> ReadAsync(string? enforcement, Answer? answer = null)
    {
        await using var world = new World(_ => answer ?? Answer.Ok($$"""{ "id":"authenticationMethodsPolicy","registrationEnforcement":{{enforcement ?? "null"}} }"""));
        var read = await world.RunAsync(tenant => tenant.ReadCampaignAsync(World.None));
        world.Graph.Requests.ShouldAllBe(static asked => asked.Method == "GET" && asked.Path == Path);
        return read;
    }

    [Fact]
    public async Task A_campaign_is_read_with_all_that_is_not_understood_of_it()
    {
        var campaign = (await ReadAsync($$"""
            {"future":{"a":1},"authenticationMethodsRegistrationCampaign":{"state":"disabled","snoozeDurationInDays":2,"enforceRegistrationAfterAllowedSnoozes":false,
             "includeTargets":[{"id":"{{World.Id(50)}}","targetType":"group","targetedAuthenticationMethod":"fido2","z":1,"b":2},{"id":"{{World.Id(7)}}","targetType":"user"}],
             "excludeTargets":[{"id":"{{World.Id(51)}}","targetType":"group"}] } }
            """)).ShouldBeSeen();

        campaign.ShouldBe(new RegistrationCampaign(
            CampaignState.Disabled, 2,
            [
                new MethodTarget(World.Id(50), IsUser: false, UsableForSignIn: true) { Asks = "fido2", Others = """{"b":2,"z":1}""" },
                new MethodTarget(World.Id(7), IsUser: true, UsableForSignIn: true),
            ],
            [new MethodTarget(World.Id(51), IsUser: false, UsableForSignIn: true)])
        {
            Others = """{"authenticationMethodsRegistrationCampaign":{"enforceRegistrationAfterAllowedSnoozes":false},"future":{"a":1}}""",
        });
    }

    [Fact]
    public async Task What_is_understood_whole_leaves_no_rest()
    {
        var campaign = (await ReadAsync(Enforcement(Everybody, state: "default", days: "null"))).ShouldBeSeen();

        (campaign.State, campaign.SnoozeDays, campaign.Others).ShouldBe((CampaignState.MicrosoftManaged, null, null));
    }

    public static TheoryData<string?, string> NotUnderstood => new()
    {
        { null, "CampaignMissing" },
        { "{}", "CampaignMissing" },
        { Enforcement(Everybody, state: "unknownFutureValue"), "UnknownCampaignState" },
        { Enforcement("null"), "CampaignTargetsMissing" },
        { Enforcement("""[{"id":"some_users","targetType":"group"}]"""), "UnknownCampaignTarget" },
        { Enforcement($$"""[{"id":"{{World.Id(1)}}","targetType":"unknownFutureValue"}]"""), "UnknownCampaignTarget" },
        { Enforcement(Everybody, days: "\"3\""), "InvalidAnswer" },
        { Enforcement("[7]"), "InvalidAnswer" },
        { Enforcement("[null]"), "InvalidAnswer" },
        { Enforcement("{}"), "InvalidAnswer" },
        { "[]", "InvalidAnswer" },
    };

    [Theory]
    [MemberData(nameof(NotUnderstood))]
    public async Task What_is_not_understood_makes_the_campaign_unknown(string? enforcement, string code) =>
        (await ReadAsync(enforcement)).ShouldBeUnknown().ShouldBe(code);

    [Fact]
    public async Task A_campaign_that_may_not_be_read_is_unknown() =>
        (await ReadAsync(null, Answer.Error(403, "Authorization_RequestDenied"))).ShouldBeUnknown().ShouldBe("Authorization_RequestDenied");

    /// <summary>Merging or replacing, the outcome is the same: the whole object goes back, with what was not understood as it came.</summary>
    [Fact]
    public async Task A_write_carries_the_whole_campaign()
    {
        var was = Enforcement(
            $$"""[{"id":"{{World.Id(60)}}","targetType":"group","targetedAuthenticationMethod":"fido2","future":[1]}]""",
            ""","enforceRegistrationAfterAllowedSnoozes":false,"@odata.type":"#microsoft.graph.authenticationMethodsRegistrationCampaign" """);
        await using var world = new World(asked => Answer.Ok($$"""{ "registrationEnforcement":{{was}} }"""));
        var seen = (await world.RunAsync(tenant => tenant.LookAtCampaignAsync(World.None))).ShouldBeSeen();
        var change = CampaignRule.Decide(Wanted, seen).Change.ShouldNotBeNull();

        var result = await world.Time.RunAsync(world.Tenant.SendAsync(PolicyPlanner.Id, change, Timeout, OwnFence.Instance));

        result.ShouldBeOfType<SendResult.Accepted>();
        var asked = world.Graph.Requests[^1];
        (asked.Method, asked.Path).ShouldBe(("PATCH", Path));
        var expected = JsonNode.Parse(was)!;
        expected["authenticationMethodsRegistrationCampaign"]!["includeTargets"]!.AsArray().Add(
            JsonNode.Parse($$"""{"targetType":"group","id":"{{World.Id(50)}}","targetedAuthenticationMethod":"microsoftAuthenticator"}"""));
        JsonNode.DeepEquals(JsonNode.Parse(asked.Body!), new JsonObject { ["registrationEnforcement"] = expected }).ShouldBeTrue(asked.Body);
    }

    [Theory]
    [InlineData(CampaignState.MicrosoftManaged, "default", null)]
    [InlineData(CampaignState.Disabled, "disabled", 0)]
    [InlineData(CampaignState.Enabled, "enabled", 14)]
    public async Task A_way_back_writes_the_state_that_was(CampaignState state, string word, int? days)
    {
        await using var world = new World(static _ => Answer.Ok("{}"));
        var before = new RegistrationCampaign(state, days, [new MethodTarget(null, IsUser: false, UsableForSignIn: true)], []);
        var back = new Change.SetCampaign(before with { SnoozeDays = 3 }, before, "undo");

        await world.Time.RunAsync(world.Tenant.SendAsync(PolicyPlanner.Id, back, Timeout, OwnFence.Instance));

        var expected = new JsonObject
        {
            ["registrationEnforcement"] = new JsonObject
            {
                ["authenticationMethodsRegistrationCampaign"] = new JsonObject
                {
                    ["state"] = word,
                    ["snoozeDurationInDays"] = days,
                    ["includeTargets"] = new JsonArray(new JsonObject { ["targetType"] = "group", ["id"] = "all_users" }),
                    ["excludeTargets"] = new JsonArray(),
                },
            },
        };
        world.Graph.Requests.Single().Body.ShouldBe(expected.ToJsonString());
    }

    [Fact]
    public async Task The_campaign_is_not_written_for_a_user()
    {
        await using var world = new World(static _ => new Answer(204));
        var campaign = new RegistrationCampaign(CampaignState.Enabled, 1, [], []);

        await Should.ThrowAsync<ArgumentException>(() => world.Tenant.SendAsync(
            UnitId.ForUser(World.Id(1)), new Change.SetCampaign(campaign, campaign with { SnoozeDays = 2 }, "r"), Timeout, OwnFence.Instance));

        world.Graph.Requests.ShouldBeEmpty();
    }
}
