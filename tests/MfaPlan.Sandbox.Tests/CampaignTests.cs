using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tests;

/// <summary>The registration campaign of the authentication methods policy.</summary>
public sealed class CampaignTests
{
    private const string Policy = "policies/authenticationMethodsPolicy";
    private const string Group = "00000000-0000-4000-8000-000000000201";

    private static string Body(string campaign) =>
        $$"""{ "registrationEnforcement": { "authenticationMethodsRegistrationCampaign": { {{campaign}} } } }""";

    private static async Task<JsonObject> CampaignAsync(Sandbox sandbox, string version = "beta") =>
        (await sandbox.GetAsync($"{version}/{Policy}")).Json!["registrationEnforcement"]!["authenticationMethodsRegistrationCampaign"]!.AsObject();

    [Fact]
    public async Task A_new_tenant_leaves_the_campaign_to_Microsoft()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var campaign = await CampaignAsync(sandbox);

        ((string?)campaign["state"]).ShouldBe("default");
        ((int?)campaign["snoozeDurationInDays"]).ShouldBe(1);
        ((bool?)campaign["enforceRegistrationAfterAllowedSnoozes"]).ShouldBe(true);
        ((string?)campaign["includeTargets"]![0]!["id"]).ShouldBe("all_users");
        (await CampaignAsync(sandbox, "v1.0")).ContainsKey("enforceRegistrationAfterAllowedSnoozes").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_written_is_answered_and_kept()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var body = Body($$"""
            "state": "enabled", "snoozeDurationInDays": 14, "enforceRegistrationAfterAllowedSnoozes": false,
            "includeTargets": [ { "id": "{{Group}}", "targetType": "group", "targetedAuthenticationMethod": "microsoftAuthenticator" } ],
            "excludeTargets": [ { "id": "{{Tenants.Ann}}", "targetType": "user" } ]
            """);

        var reply = await sandbox.PatchAsync($"beta/{Policy}", body);

        reply.ShouldBe(200);
        var written = JsonNode.Parse(body)!["registrationEnforcement"];
        JsonNode.DeepEquals(reply.Json!["registrationEnforcement"], written).ShouldBeTrue(reply.Json.ToJsonString());
        JsonNode.DeepEquals(await CampaignAsync(sandbox), written!["authenticationMethodsRegistrationCampaign"]).ShouldBeTrue();
    }

    /// <summary>Our choice, and the harder one for a client: what it forgets is lost.</summary>
    [Fact]
    public async Task What_a_write_leaves_out_falls_back()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        (await sandbox.PatchAsync($"beta/{Policy}", Body(""" "state": "enabled", "enforceRegistrationAfterAllowedSnoozes": false, "snoozeDurationInDays": 9 """)))
            .ShouldBe(200);

        var reply = await sandbox.PatchAsync($"v1.0/{Policy}", Body(""" "state": "disabled" """));

        reply.ShouldBe(200);
        reply.Json!["registrationEnforcement"]!["authenticationMethodsRegistrationCampaign"]!.AsObject()
            .ContainsKey("enforceRegistrationAfterAllowedSnoozes").ShouldBeFalse();
        reply.Json.AsObject().ContainsKey("systemCredentialPreferences").ShouldBeFalse();
        var campaign = await CampaignAsync(sandbox);
        ((bool?)campaign["enforceRegistrationAfterAllowedSnoozes"]).ShouldBe(true);
        ((int?)campaign["snoozeDurationInDays"]).ShouldBe(1);
    }

    [Theory]
    [InlineData("v1.0", """ "enforceRegistrationAfterAllowedSnoozes": true """)]
    [InlineData("beta", """ "enforceRegistrationAfterAllowedSnoozes": "yes" """)]
    [InlineData("beta", """ "state": "on" """)]
    [InlineData("beta", """ "state": null """)]
    [InlineData("beta", """ "snoozeDurationInDays": 15 """)]
    [InlineData("beta", """ "snoozeDurationInDays": -1 """)]
    [InlineData("beta", """ "snoozeDurationInDays": "3" """)]
    [InlineData("beta", """ "snoozeDurationInDays": 1.5 """)]
    [InlineData("beta", """ "includeTargets": null """)]
    [InlineData("beta", """ "includeTargets": [ { "id": "some_users", "targetType": "group" } ] """)]
    [InlineData("beta", """ "includeTargets": [ { "id": "all_users" } ] """)]
    [InlineData("beta", """ "includeTargets": [ { "id": "all_users", "targetType": "planet" } ] """)]
    [InlineData("beta", """ "includeTargets": [ { "id": "all_users", "targetType": "group", "targetedAuthenticationMethod": 7 } ] """)]
    [InlineData("beta", """ "excludeTargets": [ { "id": "all_users", "targetType": "group", "targetedAuthenticationMethod": "microsoftAuthenticator" } ] """)]
    [InlineData("beta", """ "colour": "red" """)]
    [InlineData("beta", """ "": 1 """)]
    public async Task What_the_type_does_not_have_is_refused_and_nothing_is_written(string version, string campaign)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var before = await CampaignAsync(sandbox);

        (await sandbox.PatchAsync($"{version}/{Policy}", Body(campaign))).ShouldBe(400);

        JsonNode.DeepEquals(await CampaignAsync(sandbox), before).ShouldBeTrue();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{ "authenticationMethodsRegistrationCampaign": null }""")]
    [InlineData("{ }")]
    [InlineData("""{ "authenticationMethodsRegistrationCampaign": { }, "other": { } }""")]
    public async Task A_campaign_cannot_be_taken_out(string enforcement)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        (await sandbox.PatchAsync($"beta/{Policy}", $$"""{ "registrationEnforcement": {{enforcement}} }""")).ShouldBe(400);
    }

    [Fact]
    public async Task Who_may_only_read_the_policy_cannot_write_the_campaign()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(""", "permissions": [ "Policy.Read.AuthenticationMethod" ] """));

        (await sandbox.GetAsync($"beta/{Policy}")).ShouldBe(200);
        (await sandbox.PatchAsync($"beta/{Policy}", Body(""" "state": "disabled" """))).ShouldBe(403);
    }
}
