namespace MfaPlan.Sandbox.Tests;

public sealed class TenantWideTests
{
    private const string Federated = """
        , "domains": [ { "id": "contoso.com", "authenticationType": "Federated",
            "federationConfiguration": { "displayName": "AD FS", "federatedIdpMfaBehavior": "enforceMfaByFederatedIdp" } },
          { "id": "contoso.io" } ]
        """;

    [Fact]
    public async Task A_domain_is_told_to_reject_on_premises_MFA()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(Federated));
        var listed = await sandbox.GetAsync("v1.0/domains/contoso.com/federationConfiguration");
        var path = "v1.0/domains/contoso.com/federationConfiguration/" + (string?)listed.Value.Single()!["id"];

        var changed = await sandbox.PatchAsync(path, """{ "federatedIdpMfaBehavior": "rejectMfaByFederatedIdp" }""");
        var wrong = await sandbox.PatchAsync(path, """{ "federatedIdpMfaBehavior": "never" }""");
        var shown = await sandbox.GetAsync(path);

        changed.ShouldBe(200);
        wrong.ShouldBe(400);
        ((string?)shown.Json!["federatedIdpMfaBehavior"]).ShouldBe("rejectMfaByFederatedIdp");
        ((string?)shown.Json["displayName"]).ShouldBe("AD FS");
    }

    [Fact]
    public async Task A_managed_domain_has_no_federation()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(Federated));

        (await sandbox.GetAsync("v1.0/domains/contoso.io/federationConfiguration")).ShouldBe(404);
        ((string?)(await sandbox.GetAsync("v1.0/domains/contoso.io")).Json!["authenticationType"]).ShouldBe("Managed");
    }

    [Fact]
    public async Task Roles_are_listed_and_filtered()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small($$"""
            , "roleManagement": { "directory": {
                "roleAssignments": [ { "principalId": "{{Tenants.Ann}}", "roleDefinitionId": "62e90394-69f5-4237-9190-012177145e10", "directoryScopeId": "/" } ],
                "roleEligibilityScheduleInstances": [ { "principalId": "{{Tenants.Bob}}", "roleDefinitionId": "fe930be7-5e62-47db-91af-98c3a49a38b1" } ] } }
            """));
        const string Roles = "v1.0/roleManagement/directory/";

        var active = await sandbox.AllAsync(Roles + $"roleAssignments?$filter=principalId eq '{Tenants.Ann}'");
        var none = await sandbox.AllAsync(Roles + $"roleAssignments?$filter=principalId eq '{Tenants.Bob}'");
        var eligible = await sandbox.AllAsync(Roles + "roleEligibilityScheduleInstances");
        var instances = await sandbox.AllAsync(Roles + "roleAssignmentScheduleInstances");
        var v1 = await sandbox.GetAsync(Roles + "roleDefinitions/62e90394-69f5-4237-9190-012177145e10");
        var privileged = await sandbox.AllAsync("beta/roleManagement/directory/roleDefinitions?$filter=isPrivileged eq true");

        active.Count.ShouldBe(1);
        active[0]["id"].ShouldNotBeNull();
        none.ShouldBeEmpty();
        ((string?)eligible.Single()["principalId"]).ShouldBe(Tenants.Bob);
        instances.Count.ShouldBe(1);
        v1.Json!["isPrivileged"].ShouldBeNull();
        privileged.Count.ShouldBe(15);
    }

    [Fact]
    public async Task Without_a_licence_the_PIM_lists_say_so()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(""", "sandbox": { "pimLicensed": false }"""));

        var reply = await sandbox.GetAsync("v1.0/roleManagement/directory/roleEligibilityScheduleInstances");

        reply.ShouldBe(400);
        reply.Code.ShouldBe("AadPremiumLicenseRequired");
    }

    [Fact]
    public async Task Eligibilities_of_groups_need_a_filter()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small("""
            , "identityGovernance": { "privilegedAccess": { "group": { "eligibilityScheduleInstances": [ { "groupId": "g", "principalId": "p", "accessId": "member" } ] } } }
            """));
        const string Path = "v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances";

        (await sandbox.GetAsync(Path)).ShouldBe(400);
        (await sandbox.AllAsync(Path + "?$filter=groupId eq 'g'")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task V1_leaves_out_preview_policies_without_a_word()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small("""
            , "identity": { "conditionalAccess": { "policies": [
                { "id": "p1", "displayName": "MFA for all", "state": "enabled", "grantControls": { "operator": "OR", "builtInControls": [ "mfa" ] } },
                { "id": "p2", "displayName": "Preview", "state": "enabled", "@mfaplan.previewFeature": true,
                  "grantControls": { "operator": "OR", "builtInControls": [ "riskRemediation" ] } } ] } }
            """));
        const string Path = "identity/conditionalAccess/policies";

        var v1 = await sandbox.AllAsync("v1.0/" + Path);
        var beta = await sandbox.AllAsync("beta/" + Path);
        var hidden = await sandbox.GetAsync("v1.0/" + Path + "/p2");

        v1.Select(static item => (string?)item["id"]).ShouldBe(["p1"]);
        beta.Count.ShouldBe(2);
        beta[1]["@mfaplan.previewFeature"].ShouldBeNull();
        ((string?)beta[1]["grantControls"]!["builtInControls"]![0]).ShouldBe("unknownFutureValue");
        hidden.ShouldBe(404);
    }

    [Fact]
    public async Task The_built_in_strengths_are_there_beside_custom_ones()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small("""
            , "policies": { "authenticationStrengthPolicies": [ { "id": "s1", "displayName": "Ours", "allowedCombinations": [ "fido2" ] } ] }
            """));

        var all = await sandbox.AllAsync("v1.0/policies/authenticationStrengthPolicies");
        var custom = await sandbox.AllAsync("v1.0/policies/authenticationStrengthPolicies?$filter=policyType eq 'custom'");
        var resistant = await sandbox.GetAsync("v1.0/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004");

        all.Count.ShouldBe(4);
        ((string?)custom.Single()["id"]).ShouldBe("s1");
        resistant.Json!["allowedCombinations"]!.AsArray().Select(static item => (string?)item)
            .ShouldBe(["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"]);
    }

    [Fact]
    public async Task Security_defaults_are_off_unless_the_file_says_otherwise()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.GetAsync("v1.0/policies/identitySecurityDefaultsEnforcementPolicy");

        ((bool?)reply.Json!["isEnabled"]).ShouldBe(false);
        ((string?)reply.Json["id"]).ShouldBe("00000000-0000-0000-0000-000000000005");
    }

    [Fact]
    public async Task Sign_ins_are_newest_first_and_show_MFA_on_beta_only()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small("""
            , "auditLogs": { "signIns": [
                { "id": "old", "createdDateTime": "2026-01-01T00:00:00Z", "userId": "a", "authenticationRequirement": "multiFactorAuthentication" },
                { "id": "new", "createdDateTime": "2026-02-01T00:00:00Z", "userId": "a", "authenticationRequirement": "multiFactorAuthentication" },
                { "id": "quiet", "createdDateTime": "2026-02-01T00:00:00Z", "userId": "a", "signInEventTypes": [ "nonInteractiveUser" ] } ] }
            """));
        const string Path = "auditLogs/signIns";

        var beta = await sandbox.AllAsync("beta/" + Path + "?$filter=userId eq 'a' and authenticationRequirement eq 'multiFactorAuthentication'");
        var recent = await sandbox.AllAsync("v1.0/" + Path + "?$filter=createdDateTime ge 2026-01-15T00:00:00Z and userId eq 'a'");
        var quiet = await sandbox.AllAsync("beta/" + Path + "?$filter=signInEventTypes/any(t: t eq 'nonInteractiveUser')");
        var v1 = await sandbox.GetAsync("v1.0/" + Path + "?$filter=authenticationRequirement eq 'x'");

        beta.Select(static item => (string?)item["id"]).ShouldBe(["new", "old"]);
        ((string?)recent.Single()["id"]).ShouldBe("new");
        recent[0]["authenticationRequirement"].ShouldBeNull();
        ((string?)quiet.Single()["id"]).ShouldBe("quiet");
        v1.ShouldBe(400);
    }

    [Fact]
    public async Task The_registration_report_knows_what_is_registered_and_allowed()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small($$"""
            , "policies": { "authenticationMethodsPolicy": { "authenticationMethodConfigurations": [ { "id": "Sms", "state": "disabled" } ] } },
              "reports": { "authenticationMethods": { "userRegistrationDetails": [ { "userPrincipalName": "ann@contoso.com", "isMfaCapable": true } ] } }
            """));
        const string Path = "v1.0/reports/authenticationMethods/userRegistrationDetails";

        var bob = await sandbox.GetAsync($"{Path}/{Tenants.Bob}");
        var capable = await sandbox.AllAsync(Path + "?$filter=isMfaCapable eq true");
        var mobile = await sandbox.AllAsync(Path + "?$filter=methodsRegistered/any(x:x eq 'mobilePhone')");

        ((bool?)bob.Json!["isMfaRegistered"]).ShouldBe(true);
        ((bool?)bob.Json["isMfaCapable"]).ShouldBe(false);
        ((string?)capable.Single()["id"]).ShouldBe(Tenants.Ann);
        ((string?)mobile.Single()["id"]).ShouldBe(Tenants.Bob);
    }

    [Theory]
    [InlineData("v1.0/users", 200)]
    [InlineData("v1.0/groups", 403)]
    [InlineData("v1.0/policies/featureRolloutPolicies", 403)]
    public async Task Permissions_that_are_not_held_are_refused(string path, int status)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(
            """, "permissions": [ "User.Read.All", "UserAuthMethod-Phone.Read.All" ]"""));

        var reply = await sandbox.GetAsync(path);

        reply.ShouldBe(status);
        reply.Code.ShouldBe(status == 403 ? "Authorization_RequestDenied" : null);
    }

    [Fact]
    public async Task The_methods_service_refuses_in_words_of_its_own()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(
            """, "permissions": [ "User.Read.All", "UserAuthMethod-Phone.Read.All" ]"""));

        var read = await sandbox.GetAsync(Tenants.User(Tenants.Bob) + "/phoneMethods");
        var write = await sandbox.DeleteAsync(Tenants.User(Tenants.Bob) + "/phoneMethods/" + Tenants.Mobile);

        read.ShouldBe(200);
        write.ShouldBe(403);
        write.Code.ShouldBe("accessDenied");
    }

    [Fact]
    public async Task Admins_are_protected_only_where_the_tenant_does_so()
    {
        const string Roles = """
            , "roleManagement": { "directory": { "roleAssignments": [
                { "principalId": "00000000-0000-0000-0000-0000000000f2", "roleDefinitionId": "62e90394-69f5-4237-9190-012177145e10" } ] } }
            """;
        var path = Tenants.User(Tenants.Bob) + "/phoneMethods/" + Tenants.Mobile;
        await using var open = await Sandbox.StartAsync(Tenants.Small(Roles));
        await using var closed = await Sandbox.StartAsync(Tenants.Small(Roles + """, "sandbox": { "protectsAdmins": true }"""));

        (await open.PatchAsync(path, Tenants.Phone("mobile", "+1 2065550100"))).ShouldBe(204);
        (await closed.PatchAsync(path, Tenants.Phone("mobile", "+1 2065550100"))).ShouldBe(403);
        (await closed.GetAsync(path)).ShouldBe(200);
    }

    [Fact]
    public async Task The_sandbox_answers_for_itself()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        await sandbox.GetAsync("v1.0/users");

        var tenant = await sandbox.GetAsync("sandbox/tenant");
        var counters = await sandbox.GetAsync("sandbox/counters");

        tenant.Text.ShouldBe(sandbox.Server.ShowTenant());
        ((int?)counters.Json!["requests"]).ShouldBe(1);
    }
}
