using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Generating;
using MfaPlan.Sandbox.Rehearsing;

namespace MfaPlan.Sandbox.Tests;

/// <summary>What other people do in a rehearsal, and a company that goes the whole road.</summary>
public sealed class PeopleTests : IDisposable
{
    private const string Tenant = """
        { "tenantId": "11111111-2222-4333-8444-555555555555",
          "users": [
            { "id": "00000000-0000-4000-8000-000000000001", "userPrincipalName": "app@contoso.com", "accountEnabled": true, "authentication": {
                "microsoftAuthenticatorMethods": [ { "id": "a1", "displayName": "Phone", "deviceTag": "SoftwareTokenActivated", "phoneAppVersion": "6.8" } ] } },
            { "id": "00000000-0000-4000-8000-000000000002", "userPrincipalName": "phone@dev.contoso.com", "accountEnabled": true, "authentication": {
                "phoneMethods": [ { "phoneType": "mobile", "phoneNumber": "+1 2065550100" } ] } },
            { "id": "00000000-0000-4000-8000-000000000003", "userPrincipalName": "nothing@contoso.com", "accountEnabled": true },
            { "id": "00000000-0000-4000-8000-000000000004", "userPrincipalName": "gone@contoso.com", "accountEnabled": false } ],
          "groups": [
            { "id": "00000000-0000-4000-8000-000000000201", "displayName": "All", "securityEnabled": true, "members": [ "00000000-0000-4000-8000-000000000202", "00000000-0000-4000-8000-000000000004" ] },
            { "id": "00000000-0000-4000-8000-000000000202", "displayName": "Inner", "securityEnabled": true, "members": [
                "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002", "00000000-0000-4000-8000-000000000003" ] } ],
          "domains": [
            { "id": "contoso.com", "authenticationType": "Federated", "federationConfiguration": { "federatedIdpMfaBehavior": "BEHAVIOUR" } },
            { "id": "dev.contoso.com", "authenticationType": "Federated" } ],
          "policies": { "featureRolloutPolicies": [ { "id": "p1", "feature": "multiFactorAuthentication", "isEnabled": ROLLOUT,
              "appliesTo": [ { "id": "00000000-0000-4000-8000-000000000202" } ] } ] } }
        """;

    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("mfaplan-people-").FullName;

    private string State => Path.Combine(_root, "state.json");

    [Fact]
    public void Who_has_no_app_and_may_sign_in_registers_one_and_only_once()
    {
        Write(Tenant);

        var first = SandboxPeople.Register(State, new PeopleChoice { Groups = ["all"] });
        var again = SandboxPeople.Register(State, new PeopleChoice { Groups = ["all"] });

        (first, again).ShouldBe((2, 0));
        Apps("phone@dev.contoso.com").ShouldBe(1);
        Apps("app@contoso.com").ShouldBe(1);
        Apps("gone@contoso.com").ShouldBe(0);
    }

    [Fact]
    public void Without_a_method_leaves_everybody_out_who_can_answer()
    {
        Write(Tenant);

        var registered = SandboxPeople.Register(State, new PeopleChoice { Groups = ["All"], WithoutMethod = true });

        registered.ShouldBe(1);
        Apps("nothing@contoso.com").ShouldBe(1);
        Apps("phone@dev.contoso.com").ShouldBe(0);
    }

    [Theory]
    [InlineData("acceptIfMfaDoneByFederatedIdp", false, 0, 3, 0, "ADFederationServices")]
    [InlineData("acceptIfMfaDoneByFederatedIdp", true, 0, 2, 1, "AzureAD")]
    [InlineData("acceptIfMfaDoneByFederatedIdp", true, 1, 1, 2, "AzureAD")]
    [InlineData("rejectMfaByFederatedIdp", false, 0, 2, 1, "AzureAD")]
    public void Sign_ins_go_where_users_are_routed_and_who_has_nothing_does_not_get_in(
        string behaviour, bool rollout, int failing, int signedIn, int failed, string issuer)
    {
        Write(Tenant.Replace("BEHAVIOUR", behaviour, StringComparison.Ordinal).Replace("ROLLOUT", rollout ? "true" : "false", StringComparison.Ordinal));

        SandboxPeople.SignIn(State, new PeopleChoice { Groups = ["All"] }, failing).ShouldBe((signedIn, failed));

        var log = Node()["auditLogs"]!["signIns"]!.AsArray();
        log.Count.ShouldBe(3);
        log.ShouldAllBe(line => (string)line!["tokenIssuerType"]! == issuer);
        log.Count(static line => (int)line!["status"]!["errorCode"]! == 0).ShouldBe(signedIn);
    }

    [Fact]
    public void A_disabled_account_signs_in_no_more()
    {
        Write(Tenant);

        SandboxPeople.Disable(State, new PeopleChoice { Users = ["app@contoso.com", "gone@contoso.com"] }).ShouldBe(1);

        User("app@contoso.com")["accountEnabled"]!.GetValue<bool>().ShouldBeFalse();
        SandboxPeople.SignIn(State, new PeopleChoice { Users = ["app@contoso.com"] }, failing: 0).ShouldBe((0, 0));
    }

    [Fact]
    public void Who_is_not_there_is_said()
    {
        Write(Tenant);

        Should.Throw<SandboxFileException>(() => SandboxPeople.Register(State, new PeopleChoice { Groups = ["Nobody"] })).Message.ShouldContain("\"Nobody\"");
        Should.Throw<SandboxFileException>(() => SandboxPeople.Disable(State, new PeopleChoice { Users = ["x@contoso.com"] })).Message.ShouldContain("\"x@contoso.com\"");
    }

    [Fact]
    public async Task A_clock_that_starts_somewhere_starts_there_once_and_goes_on()
    {
        var file = Path.Combine(_root, "tenant.json");
        await File.WriteAllTextAsync(file, """{ "tenantId": "t", "sandbox": { "startsAt": "2026-10-05T06:00:00Z" } }""", TestContext.Current.CancellationToken);
        await using (await SandboxServer.StartAsync(new SandboxOptions { TenantFile = file, StateFile = State }, TestContext.Current.CancellationToken))
        {
        }

        SandboxTenantFile.Advance(file, State, TimeSpan.FromHours(24));
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { TenantFile = file, StateFile = State }, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var clock = JsonDocument.Parse(await http.GetStringAsync(new Uri("sandbox/clock", UriKind.Relative), TestContext.Current.CancellationToken));

        clock.RootElement.GetProperty("utcNow").GetDateTimeOffset().ShouldBe(
            new DateTimeOffset(2026, 10, 6, 6, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("""{ "startsAt": "Monday" }""", "sandbox.startsAt")]
    [InlineData("""{ "startsAt": "2026-10-05T06:00:00Z", "clockOffset": "1.00:00:00" }""", "Give one of them")]
    public void A_clock_that_cannot_be_read_is_refused(string sandbox, string says)
    {
        var file = Path.Combine(_root, "tenant.json");
        File.WriteAllText(file, $$"""{ "tenantId": "t", "sandbox": {{sandbox}} }""");

        Should.Throw<SandboxFileException>(() => SandboxTenantFile.Show(file, null)).Message.ShouldContain(says);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(12_000)]
    public void A_company_of_the_whole_road_has_everybody_in_one_wave_and_its_wave_groups_flat_and_empty(int users)
    {
        var company = CompanyGenerator.Generate(new GeneratorOptions(users, 1) { Rollout = true }, _root);

        using var tenant = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_root, CompanyGenerator.TenantFile)));
        var groups = tenant.RootElement.GetProperty("groups").EnumerateArray()
            .ToDictionary(static group => group.GetProperty("displayName").GetString()!, static group => group.GetProperty("members").GetArrayLength());
        company.Waves.Sum(wave => groups[wave.From]).ShouldBe(users);
        company.Waves.ShouldAllBe(wave => groups[wave.Into] == 0);
        company.Waves.Length.ShouldBeLessThanOrEqualTo(10);
        groups["SvcAccounts"].ShouldBe(4);
        File.ReadAllLines(Path.Combine(_root, CompanyGenerator.TokenFile)).Length.ShouldBe(1 + groups["MFA-Tokens"]);
        SandboxTenantFile.Show(Path.Combine(_root, CompanyGenerator.TenantFile), null).ShouldContain("MFA for all");
    }

    [Fact]
    public void A_company_too_large_for_staged_rollout_is_refused() => Should.Throw<ArgumentOutOfRangeException>(
        () => CompanyGenerator.Generate(new GeneratorOptions(GeneratorOptions.MostRolledOut + 1, 1) { Rollout = true }, _root));

    public void Dispose() => System.IO.Directory.Delete(_root, recursive: true);

    private void Write(string tenant) => File.WriteAllText(
        State, tenant.Replace("BEHAVIOUR", "acceptIfMfaDoneByFederatedIdp", StringComparison.Ordinal).Replace("ROLLOUT", "false", StringComparison.Ordinal));

    private JsonNode Node() => JsonNode.Parse(SandboxTenantFile.Show("", State))!;

    private JsonNode User(string name) => Node()["users"]!.AsArray().Single(user => (string)user!["userPrincipalName"]! == name)!;

    private int Apps(string name) => User(name)["authentication"]?["microsoftAuthenticatorMethods"]?.AsArray().Count ?? 0;
}
