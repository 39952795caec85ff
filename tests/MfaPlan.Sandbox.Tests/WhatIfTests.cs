using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tests;

public sealed class WhatIfTests
{
    private const string Evaluate = "v1.0/identity/conditionalAccess/evaluate";

    private static string Tenant(string conditions, string state = "enabled", string more = "") => Tenants.Small($$"""
        , "identity": { "conditionalAccess": {
            "policies": [ { "id": "p1", "displayName": "P", "state": "{{state}}", "conditions": { "clientAppTypes": [ "all" ],
              "applications": { "includeApplications": [ "All" ] }, "users": { "includeUsers": [ "All" ] }{{conditions}} },
              "grantControls": { "operator": "OR", "builtInControls": [ "mfa" ] } } ],
            "namedLocations": [ { "id": "l1", "displayName": "Office", "isTrusted": true, "ipRanges": [ { "cidrAddress": "203.0.113.7/32" } ] } ] } }{{more}}
        """);

    private static string Body(string conditions = "", string app = "00000000-0000-0000-0000-00000000aaaa", string more = "") => $$"""
        { "signInIdentity": { "@odata.type": "#microsoft.graph.userSignIn", "userId": "{{Tenants.Ann}}" },
          "signInContext": { "@odata.type": "#microsoft.graph.applicationContext", "includeApplications": [ "{{app}}" ] },
          "signInConditions": { {{conditions}} }{{more}} }
        """;

    private static async Task<(bool Applies, string Reason)?> AskAsync(string tenant, string body)
    {
        await using var sandbox = await Sandbox.StartAsync(tenant);
        var reply = await sandbox.PostAsync(Evaluate, body);
        reply.ShouldBe(200);
        return reply.Json!["value"]!.AsArray() is [JsonObject one]
            ? ((bool)one["policyApplies"]!, (string)one["analysisReasons"]!)
            : null;
    }

    [Theory]
    [InlineData("enabled", true)]
    [InlineData("enabledForReportingButNotEnforced", true)]
    [InlineData("disabled", null)]
    public async Task Report_only_policies_apply_and_disabled_ones_are_absent(string state, bool? applies) =>
        ((await AskAsync(Tenant("", state), Body()))?.Applies).ShouldBe(applies);

    [Theory]
    [InlineData(""", "clientAppTypes": [ "browser" ]""", "", "notEnoughInformation")]
    [InlineData(""", "clientAppTypes": [ "browser" ]""", "\"clientAppType\": \"other\"", "clientApps")]
    [InlineData(""", "clientAppTypes": [ "browser" ]""", "\"clientAppType\": \"browser\"", null)]
    [InlineData(""", "platforms": { "includePlatforms": [ "iOS" ] }""", "", "notEnoughInformation")]
    [InlineData(""", "platforms": { "includePlatforms": [ "iOS" ] }""", "\"devicePlatform\": \"windows\"", "devicePlatform")]
    [InlineData(""", "platforms": { "includePlatforms": [ "all" ] }""", "", null)]
    [InlineData(""", "locations": { "includeLocations": [ "All" ], "excludeLocations": [ "AllTrusted" ] }""", "", "notEnoughInformation")]
    [InlineData(""", "locations": { "includeLocations": [ "All" ], "excludeLocations": [ "AllTrusted" ] }""", "\"ipAddress\": \"203.0.113.7\"", "location")]
    [InlineData(""", "locations": { "includeLocations": [ "All" ], "excludeLocations": [ "l1" ] }""", "\"ipAddress\": \"198.51.100.1\"", null)]
    [InlineData(""", "signInRiskLevels": [ "high" ]""", "", "notEnoughInformation")]
    [InlineData(""", "signInRiskLevels": [ "high" ]""", "\"signInRiskLevel\": \"none\"", "signInRisk")]
    [InlineData(""", "devices": { "deviceFilter": { "mode": "include", "rule": "x" } }""", "", "notEnoughInformation")]
    public async Task A_condition_is_met_or_named(string condition, string given, string? reason)
    {
        // The first clientAppTypes gives way to the one of the row.
        var tenant = condition.Contains("clientAppTypes", StringComparison.Ordinal)
            ? Tenant(condition).Replace("\"clientAppTypes\": [ \"all\" ],", "", StringComparison.Ordinal)
            : Tenant(condition);

        (await AskAsync(tenant, Body(given))).ShouldBe((reason is null, reason ?? "notSet"));
    }

    [Fact]
    public async Task A_user_of_a_nested_excluded_group_is_not_meant()
    {
        var tenant = Tenant("").Replace(
            "\"includeUsers\": [ \"All\" ]",
            "\"includeUsers\": [ \"All\" ], \"excludeGroups\": [ \"00000000-0000-0000-0000-0000000000f1\" ]",
            StringComparison.Ordinal);

        (await AskAsync(tenant, Body())).ShouldBe((false, "users"));
    }

    [Fact]
    public async Task A_group_of_apps_never_matches_as_input() => (await AskAsync(Tenant(""), Body(app: "Office365"))).ShouldBe((false, "application"));

    [Fact]
    public async Task Policies_that_do_not_apply_can_be_left_out() => (await AskAsync(
        Tenant(""", "signInRiskLevels": [ "high" ]"""), Body(more: ", \"appliedPoliciesOnly\": true"))).ShouldBeNull();

    [Fact]
    public async Task A_body_without_identity_is_refused_and_beta_has_no_such_path()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenant(""));

        (await sandbox.PostAsync(Evaluate, "{}")).ShouldBe(400);
        (await sandbox.PostAsync(Evaluate.Replace("v1.0", "beta", StringComparison.Ordinal), Body())).Status.ShouldBeOneOf(400, 404, 405);
    }

    [Fact]
    public async Task It_spends_the_budget_of_Conditional_Access_and_names_no_wait()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenant("", more: ", \"limits\": { \"conditionalAccessPerSecond\": 1 }"));

        (await sandbox.PostAsync(Evaluate, Body())).ShouldBe(200);
        var refused = await sandbox.PostAsync(Evaluate, Body());

        refused.ShouldBe(429);
        refused.Headers.ShouldNotContainKey("Retry-After");
    }
}
