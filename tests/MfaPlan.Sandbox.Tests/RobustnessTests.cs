using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tests;

public sealed class RobustnessTests
{
    private static readonly string[] OddBodies =
    [
        "[]", "\"x\"", "null", "{", "{}", """{ "a": 1, "a": 2 }""", """{ "phoneNumber": 1, "phoneType": {} }""",
        """{ "device": "x", "verificationCode": 5, "serialNumber": [] }""", """{ "@odata.id": 7, "members@odata.bind": [ 1, null ] }""",
        """{ "userPreferredMethodForSecondaryAuthentication": {}, "isSystemPreferredAuthenticationMethodEnabled": "x" }""",
        """{ "displayName": [], "feature": "x", "isEnabled": 1 }""", """{ "state": {}, "includeTargets": [ 1 ], "excludeTargets": "x" }""",
        """{ "authenticationMethodConfigurations": [ { "id": 3 }, 7 ], "systemCredentialPreferences": 4 }""",
        """{ "federatedIdpMfaBehavior": {} }""", """{ "ids": [ 1, {}, null ], "types": [ 5 ] }""", """{ "emailAddress": 4, "lifetimeInMinutes": "x" }""",
        """{ "value": [ 1, null ], "requests": [ 1 ] }""", """{ "requests": [ { "id": "1", "method": "GET", "url": "/users", "headers": [], "dependsOn": "x" } ] }""",
    ];

    private static readonly (string Method, string Path)[] Writes =
    [
        ("POST", "v1.0/$batch"), ("POST", "v1.0/directoryObjects/getByIds"),
        ("POST", Tenants.Group('5') + "/members/$ref"), ("PATCH", Tenants.Group('5')),
        ("POST", Tenants.User(Tenants.Ann) + "/phoneMethods"),
        ("PATCH", Tenants.User(Tenants.Bob) + "/phoneMethods/" + Tenants.Mobile),
        ("POST", Tenants.User(Tenants.Ann) + "/emailMethods"),
        ("PATCH", Tenants.User(Tenants.Ann) + "/emailMethods/x"),
        ("POST", Tenants.User(Tenants.Ann) + "/temporaryAccessPassMethods"),
        ("PATCH", Tenants.BetaUser(Tenants.Bob) + "/signInPreferences"),
        ("PATCH", Tenants.BetaUser(Tenants.Bob) + "/requirements"),
        ("POST", Tenants.BetaUser(Tenants.Bob) + "/hardwareOathMethods"),
        ("POST", Tenants.BetaUser(Tenants.Bob) + "/hardwareOathMethods/assignAndActivate"),
        ("POST", Tenants.BetaUser(Tenants.Bob) + "/hardwareOathMethods/assignAndActivateBySerialNumber"),
        ("POST", Tenants.BetaUser(Tenants.Bob) + "/hardwareOathMethods/d1/activate"),
        ("POST", "beta/directory/authenticationMethodDevices/hardwareOathDevices"),
        ("PATCH", "beta/directory/authenticationMethodDevices/hardwareOathDevices"),
        ("PATCH", "beta/directory/authenticationMethodDevices/hardwareOathDevices/d2"),
        ("PATCH", "beta/policies/authenticationMethodsPolicy"),
        ("PATCH", "beta/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms"),
        ("POST", "v1.0/policies/featureRolloutPolicies"),
        ("PATCH", "v1.0/policies/featureRolloutPolicies/f1"),
        ("POST", "v1.0/policies/featureRolloutPolicies/f1/appliesTo/$ref"),
        ("PATCH", "v1.0/domains/contoso.com/federationConfiguration/c1"),
        ("POST", "sandbox/clock/advance"), ("POST", "sandbox/signIns"),
    ];

    private static string Tenant() => Tenants.Small($$"""
        , "domains": [ { "id": "contoso.com", "federationConfiguration": { "id": "c1" } } ],
          "policies": { "featureRolloutPolicies": [ { "id": "f1", "feature": "multiFactorAuthentication", "isEnabled": true } ] },
          "directory": { "hardwareOathDevices": [ { "id": "d1", "serialNumber": "1", "assignedTo": { "id": "{{Tenants.Bob}}" } },
                                                  { "id": "d2", "serialNumber": "2" } ] }
        """);

    [Fact]
    public async Task No_body_makes_the_sandbox_fail_and_what_it_takes_can_be_loaded_again()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenant(), hasState: true);
        var failures = new List<string>();

        foreach (var (method, path) in Writes)
        {
            foreach (var body in OddBodies)
            {
                var reply = await sandbox.SendAsync(new(method), path, body, []);
                if (reply.Status is < 200 or >= 500)
                {
                    failures.Add($"{method} {path} {body}: {reply.Status} {reply.Text}");
                }
            }
        }

        failures.ShouldBeEmpty();
        await using var again = await Sandbox.StartAsync(sandbox.Server.ShowTenant());
        again.Server.ShowTenant().ShouldBe(sandbox.Server.ShowTenant());
    }

    [Theory]
    [InlineData("v1.0/users?$filter='")]
    [InlineData("v1.0/users?$filter=any(")]
    [InlineData("v1.0/users?$filter=a/any(b)")]
    [InlineData("v1.0/users?$top=0")]
    [InlineData("v1.0/users?$top=x")]
    [InlineData("v1.0/users?$skiptoken=%25")]
    [InlineData("v1.0/users?$skip=1")]
    [InlineData("v1.0/users?$select=acountEnabled")]
    [InlineData("v1.0/nothing")]
    [InlineData("v1.0/users/a/b/c/d/e/f")]
    public async Task A_query_that_makes_no_sense_is_refused(string path)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenant());

        (await sandbox.GetAsync(path)).ShouldBe(400);
    }

    [Fact]
    public async Task Parallel_writes_are_all_kept()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Many(200), hasState: true);
        var paths = Enumerable.Range(0, 200).Select(static i => $"v1.0/users/user{i}@contoso.com/authentication/phoneMethods").ToList();

        var replies = await Task.WhenAll(paths.SelectMany(path => new[]
        {
            sandbox.PostAsync(path, Tenants.Phone("mobile", "+1 2065550100")),
            sandbox.PostAsync(path, Tenants.Phone("mobile", "+1 2065550100")),
            sandbox.PostAsync(path, Tenants.Phone("office", "+1 2065550101")),
        }));
        var saving = sandbox.Server.SaveAsync(Sandbox.Cancelled);
        var more = await Task.WhenAll(paths.Select(path => sandbox.PatchAsync(path + "/" + Tenants.Office, Tenants.Phone("office", "+1 2065550109"))));
        await saving;

        replies.Count(static reply => reply.Status == 201).ShouldBe(400);
        more.ShouldAllBe(static reply => reply.Status == 204);
        SandboxTenantFile.Show(sandbox.TenantFile, sandbox.StateFile).ShouldBe(sandbox.Server.ShowTenant());
        sandbox.Server.Counters.Writes.ShouldBe(600);
    }

    [Fact]
    public async Task One_state_has_one_sandbox()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), hasState: true);

        await Should.ThrowAsync<SandboxFileException>(() => sandbox.StartOnStateAsync());
        Should.Throw<SandboxFileException>(
            () => SandboxTenantFile.Advance(sandbox.TenantFile, sandbox.StateFile, TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task A_property_given_twice_is_refused_with_its_line()
    {
        var problem = await Should.ThrowAsync<SandboxFileException>(() => Sandbox.StartAsync(
            "{ \"users\": [\n { \"id\": \"1\",\n \"id\": \"2\", \"userPrincipalName\": \"a\" } ] }"));

        problem.Message.ShouldContain("(2)");
    }

    [Fact]
    public async Task Users_can_be_made_to_sign_in()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var added = await sandbox.PostAsync(
            "sandbox/signIns",
            $$"""{ "userId": "{{Tenants.Ann}}", "authenticationRequirement": "multiFactorAuthentication" }""");
        var listed = await sandbox.AllAsync($"beta/auditLogs/signIns?$filter=userId eq '{Tenants.Ann}'");

        added.ShouldBe(204);
        listed.Single()["createdDateTime"].ShouldNotBeNull();
        JsonNode.Parse(sandbox.Server.ShowTenant())!["auditLogs"]!["signIns"]!.AsArray().Count.ShouldBe(1);
    }
}
