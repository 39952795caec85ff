using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tests;

public sealed class TenantFileTests
{
    [Fact]
    public async Task What_is_shown_can_be_loaded_and_is_shown_the_same()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small("""
            , "domains": [ { "id": "contoso.com", "authenticationType": "Federated", "federationConfiguration": { "displayName": "AD FS" } } ],
              "directory": { "hardwareOathDevices": [ { "serialNumber": "S1", "secretKey": "JBSWY3DPEHPK3PXP", "timeIntervalInSeconds": 30,
                "manufacturer": "Contoso", "model": "T", "assignedTo": { "id": "00000000-0000-0000-0000-0000000000a1" } } ] },
              "permissions": [ "User.Read.All" ], "faults": { "seed": 3 }, "limits": { "reportsPer10Seconds": 5 }
            """));

        var shown = sandbox.Server.ShowTenant();
        await using var again = await Sandbox.StartAsync(shown);

        again.Server.ShowTenant().ShouldBe(shown);
        ((string?)JsonNode.Parse(shown)!["users"]![0]!["authentication"]!["hardwareOathMethods"]![0]!["id"]).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{ "user": [] }""", "users")]
    [InlineData("""{ "users": [ { "id": "1", "userPrincipalName": "a@b", "acountEnabled": true } ] }""", "accountEnabled")]
    [InlineData("""{ "users": [ { "id": "1", "userPrincipalName": "a@b", "authentication": { "phoneMethod": [] } } ] }""", "phoneMethods")]
    [InlineData("""{ "policies": { "featureRolloutPolicy": [] } }""", "featureRolloutPolicies")]
    [InlineData("""{ "faults": { "throtleRate": 1 } }""", "throttleRate")]
    [InlineData("""{ "groups": [ { "id": "1", "displayname": "x" } ] }""", "displayName")]
    public async Task A_misspelt_name_is_refused_with_the_nearest_known_one(string tenant, string nearest)
    {
        var problem = await Should.ThrowAsync<SandboxFileException>(() => Sandbox.StartAsync(tenant));

        problem.Message.ShouldContain($"\"{nearest}\"");
        problem.Message.ShouldContain("tenant.json");
    }

    [Theory]
    [InlineData("{ \"users\": [\n { \"id\": 1, } ] }", "(2,")]
    [InlineData("""{ "users": [ { "userPrincipalName": "a@b" } ] }""", "users[0]")]
    [InlineData("""{ "users": [ { "id": "1" } ] }""", "userPrincipalName")]
    [InlineData("""{ "groups": [ { "id": "1", "members": [ "2" ] } ] }""", "groups[0].members[0]")]
    [InlineData("""{ "users": {} }""", "array")]
    [InlineData("""[]""", "object")]
    public async Task What_is_wrong_is_said_with_its_place(string tenant, string part)
    {
        var problem = await Should.ThrowAsync<SandboxFileException>(() => Sandbox.StartAsync(tenant));

        problem.Message.ShouldContain(part);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Should.Throw<SandboxFileException>(static () => SandboxTenantFile.Show("/nowhere/tenant.json", null))
            .Message.ShouldContain("/nowhere/tenant.json");
    }
}
