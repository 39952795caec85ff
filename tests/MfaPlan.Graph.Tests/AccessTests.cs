using System.Text.Json.Nodes;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Graph.Tests;

/// <summary>What demands MFA, from answers in the shapes of the documentation.</summary>
public sealed class AccessTests
{
    private const string Beta = "/beta/identity/conditionalAccess/policies";
    private const string V1 = "/v1.0/identity/conditionalAccess/policies";
    private const string Strengths = "/v1.0/policies/authenticationStrengthPolicies";
    private const string Places = "/v1.0/identity/conditionalAccess/namedLocations";
    private const string Defaults = "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy";
    private const string Assignments = "/v1.0/roleManagement/directory/roleAssignments";
    private const string Eligible = "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances";

    private static readonly Guid Group = World.Id(50);
    private static readonly Guid RoleGroup = World.Id(51);
    private static readonly Guid Role = World.Id(60);

    // As the service shows a policy of its own, with every member that decides nothing.
    private const string Whole = """
        {"id":"c1","templateId":null,"displayName":"MFA for all","createdDateTime":"2025-01-01T00:00:00Z","modifiedDateTime":null,"state":"enabled",
         "partialEnablementStrategy":null,"sessionControls":{"signInFrequency":{"value":8,"type":"hours","isEnabled":true}},
         "conditions":{"userRiskLevels":[],"signInRiskLevels":[],"clientAppTypes":["all"],"platforms":null,"locations":null,"times":null,
           "deviceStates":null,"devices":null,"clientApplications":null,"authenticationFlows":null,"insiderRiskLevels":null,"servicePrincipalRiskLevels":[],
           "applications":{"includeApplications":["All"],"excludeApplications":[],"includeUserActions":[],
             "includeAuthenticationContextClassReferences":[],"applicationFilter":null,"networkAccess":null},
           "users":{"includeUsers":["All"],"excludeUsers":[],"includeGroups":[],"excludeGroups":["00000032-0000-0000-0000-000000000000"],"includeRoles":[],
             "excludeRoles":["0000003c-0000-0000-0000-000000000000"],"includeGuestsOrExternalUsers":null,"excludeGuestsOrExternalUsers":null}},
         "grantControls":{"operator":"OR","builtInControls":["mfa"],"customAuthenticationFactors":[],"termsOfUse":[],
           "authenticationStrength@odata.context":"https://graph.microsoft.com/beta/$metadata#x","authenticationStrength":null}}
        """;

    private static Answer Service(Asked asked) => asked.Path switch
    {
        Beta => Answer.Ok($$"""{"value":[{{Whole}}]}"""),
        V1 => Answer.Ok("""{"value":[{"id":"C1"}]}"""),
        Strengths => Answer.Ok("""
            {"value":[
              {"id":"00000000-0000-0000-0000-000000000004","displayName":"Phishing resistant MFA","policyType":"builtIn","requirementsSatisfied":"mfa",
               "allowedCombinations":["windowsHelloForBusiness","fido2","x509CertificateMultiFactor"],"combinationConfigurations":[]},
              {"id":"s1","displayName":"Our keys","policyType":"custom","requirementsSatisfied":"mfa","allowedCombinations":["fido2","sms, password"],
               "combinationConfigurations":[{"@odata.type":"#microsoft.graph.fido2CombinationConfiguration","allowedAAGUIDs":["x"],"appliesToCombinations":["fido2"]}]},
              {"id":"s2","displayName":"Not shown","requirementsSatisfied":"none","allowedCombinations":["fido2","password,sms"]}]}
            """),
        Places => Answer.Ok("""{"value":[{"@odata.type":"#microsoft.graph.ipNamedLocation","id":"l1","displayName":"Head office","isTrusted":true}]}"""),
        Defaults => Answer.Ok("""{"id":"00000000-0000-0000-0000-000000000005","isEnabled":true}"""),
        Assignments => Answer.Ok($$"""
            {"value":[
              {"principalId":"{{World.Id(1)}}","roleDefinitionId":"{{Role}}","directoryScopeId":"/"},
              {"principalId":"{{World.Id(2)}}","roleDefinitionId":"{{Role}}","directoryScopeId":"/administrativeUnits/1"},
              {"principalId":"{{World.Id(3)}}","roleDefinitionId":"{{World.Id(61)}}","directoryScopeId":"/"},
              {"principalId":"{{RoleGroup}}","roleDefinitionId":"{{Role}}","directoryScopeId":"/"}]}
            """),
        Eligible => Answer.Ok($$"""{"value":[{"principalId":"{{World.Id(5)}}","roleDefinitionId":"{{Role}}","directoryScopeId":"/"}]}"""),
        "/v1.0/directoryObjects/getByIds" => Answer.Ok($$"""
            {"value":[{"@odata.type":"#microsoft.graph.user","id":"{{World.Id(1)}}"},{"@odata.type":"#microsoft.graph.user","id":"{{World.Id(5)}}"},
              {"@odata.type":"#microsoft.graph.group","id":"{{RoleGroup}}"}]}
            """),
        var path when path.Contains(RoleGroup.ToString(), StringComparison.Ordinal) => Answer.Ok($$"""{"value":[{"id":"{{World.Id(4)}}"}]}"""),
        var path when path.Contains(Group.ToString(), StringComparison.Ordinal) => Answer.Ok($$"""{"value":[{"id":"{{World.Id(7)}}"}]}"""),
        var path when path.EndsWith("eligibilityScheduleInstances", StringComparison.Ordinal) => Answer.Ok("""{"value":[]}"""),
        _ => Answer.NotFound,
    };

    private static async Task<Observed<AccessView>> ReadAsync(Func<Asked, Answer?>? instead = null)
    {
        await using var world = new World(asked => instead?.Invoke(asked) ?? Service(asked));
        return await world.RunAsync(tenant => tenant.ReadAccessAsync(World.None));
    }

    private static async Task<AccessPolicy> PolicyAsync(Action<JsonNode> change)
    {
        var policy = JsonNode.Parse(Whole)!;
        change(policy);
        var view = await ReadAsync(asked => asked.Path == Beta ? Answer.Ok($$"""{"value":[{{policy.ToJsonString()}}]}""") : null);
        return view.ShouldBeSeen().Policies.Single();
    }

    [Fact]
    public async Task A_policy_is_read_with_all_that_decides_and_nothing_open()
    {
        var view = (await ReadAsync()).ShouldBeSeen();

        var policy = view.Policies.Single();
        (policy.Id, policy.DisplayName, policy.State).ShouldBe(("c1", "MFA for all", AccessState.Enabled));
        (policy.Include.All, policy.Exclude.Groups.Single(), policy.Exclude.Roles.Single()).ShouldBe((true, Group, Role));
        policy.Resources.Include.ShouldBe(["All"]);
        policy.Conditions.ClientApps.ShouldBe(["all"]);
        policy.Controls.BuiltIn.ShouldBe(["mfa"]);
        (policy.Controls.Operator, policy.Controls.Count).ShouldBe(("OR", 1));
        policy.UnjudgedConditions.ShouldBeEmpty();
        policy.UnjudgedControls.ShouldBeEmpty();
        view.SecurityDefaults.ShouldBeSeen().ShouldBeTrue();
        view.Locations.ShouldBeSeen()["L1"].ShouldBe("Head office");
        view.Groups[Group].ShouldBeSeen().ShouldBe([World.Id(7)]);
        view.OnlyInBeta.ShouldBeEmpty();
        view.OnlyInV1.ShouldBeEmpty();
    }

    [Fact]
    public async Task Holders_of_a_role_are_told_apart_by_how_they_hold_it()
    {
        var holders = (await ReadAsync()).ShouldBeSeen().Roles[Role].ShouldBeSeen();

        holders.Active.ShouldContain(World.Id(1));
        holders.Active.ShouldNotContain(World.Id(2));
        holders.Active.ShouldNotContain(World.Id(3));
        holders.Perhaps.Order().ShouldBe([World.Id(4), World.Id(5)]);
    }

    [Fact]
    public async Task Strengths_are_sets_of_combinations_and_say_which_are_narrowed()
    {
        var strengths = (await ReadAsync()).ShouldBeSeen().Strengths.ShouldBeSeen();

        strengths["S1"].Combinations.Select(static words => string.Join('+', words)).ShouldBe(["fido2", "password+sms"]);
        strengths["s1"].Narrowed.ShouldBe(["fido2"]);
        strengths["00000000-0000-0000-0000-000000000004"].Narrowed.ShouldBeEmpty();
        (strengths["s2"].IsMfa, strengths["s2"].Narrowed.Single()).ShouldBe((false, "fido2"));
    }

    [Theory]
    [InlineData("conditions", "times", """{"all":true}""", "conditions.times")]
    [InlineData("conditions", "networks", "{}", "conditions.networks")]
    [InlineData("conditions", "locations", """{"includeLocations":["All"],"moons":["x"]}""", "conditions.locations.moons")]
    [InlineData("conditions", "platforms", """{"includePlatforms":["unknownFutureValue"]}""", "conditions.platforms.includePlatforms: unknownFutureValue")]
    [InlineData("conditions", "clientAppTypes", """["all","teapot"]""", "conditions.clientAppTypes: teapot")]
    [InlineData("conditions", "authenticationFlows", """{"transferMethods":"teleport"}""", "conditions.authenticationFlows.transferMethods: teleport")]
    [InlineData("conditions.users", "includeUsers", """["AllButMe"]""", "conditions.users.includeUsers: AllButMe")]
    [InlineData("conditions.users", "includeAgents", """["x"]""", "conditions.users.includeAgents")]
    [InlineData("conditions.users", "excludeGroups", """["x"]""", "conditions.users.excludeGroups: x")]
    [InlineData("conditions.users", "excludeGroups", "7", "conditions.users.excludeGroups")]
    [InlineData("conditions.users", "excludeGuestsOrExternalUsers", """{"guestOrExternalUserTypes":"martian"}""",
        "conditions.users.excludeGuestsOrExternalUsers.guestOrExternalUserTypes: martian")]
    [InlineData("conditions.applications", "globalSecureAccess", "{}", "conditions.applications.globalSecureAccess")]
    [InlineData("", "partialEnablementStrategy", "\"half\"", "partialEnablementStrategy")]
    [InlineData("", "conditions", "null", "conditions")]
    public async Task A_condition_that_is_not_known_is_noted(string within, string name, string value, string path)
    {
        var policy = await PolicyAsync(node => Set(node, within, name, value));

        policy.UnjudgedConditions.ShouldBe([path]);
        policy.UnjudgedControls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tea", "\"earl grey\"", "grantControls.tea")]
    [InlineData("authenticationStrength", """{"displayName":"without id"}""", "grantControls.authenticationStrength.displayName")]
    [InlineData("builtInControls", "7", "grantControls.builtInControls")]
    public async Task A_control_that_is_not_known_is_noted(string name, string value, string path)
    {
        var policy = await PolicyAsync(node => Set(node, "grantControls", name, value));

        policy.UnjudgedControls.ShouldBe([path]);
        policy.UnjudgedConditions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Conditions_are_read_word_for_word()
    {
        var policy = await PolicyAsync(static node => node["conditions"] = JsonNode.Parse("""
            {"clientAppTypes":["browser","easSupported"],"signInRiskLevels":["high"],"userRiskLevels":["low","medium"],"insiderRiskLevels":"minor,elevated",
             "platforms":{"includePlatforms":["all"],"excludePlatforms":["linux"]},"locations":{"includeLocations":["All"],"excludeLocations":["l1","AllTrusted"]},
             "devices":{"deviceFilter":{"mode":"exclude","rule":"device.trustType -eq \"ServerAD\""}},"authenticationFlows":{"transferMethods":"deviceCodeFlow,authenticationTransfer"},
             "clientApplications":{"includeServicePrincipals":["x"]},
             "applications":{"includeApplications":["Office365"],"excludeApplications":["a1"],"includeUserActions":["urn:user:registerdevice"],
               "includeAuthenticationContextClassReferences":["c1"],"applicationFilter":{"mode":"include","rule":"x"}},
             "users":{"includeUsers":["None","GuestsOrExternalUsers","00000001-0000-0000-0000-000000000000"],
               "excludeGuestsOrExternalUsers":{"guestOrExternalUserTypes":"internalGuest,b2bCollaborationGuest","externalTenants":
                 {"@odata.type":"#microsoft.graph.conditionalAccessEnumeratedExternalTenants","membershipKind":"enumerated","members":["t"]}}}}
            """));

        policy.UnjudgedConditions.ShouldBeEmpty();
        var on = policy.Conditions;
        on.ClientApps.ShouldBe(["browser", "easSupported"]);
        on.Risks.ShouldBe(["signInRiskLevels high", "userRiskLevels low", "userRiskLevels medium", "insiderRiskLevels minor", "insiderRiskLevels elevated"]);
        (on.NotPlatforms.Single(), on.NotLocations.Length, on.Flows.Length, on.Workloads).ShouldBe(("linux", 2, 2, true));
        on.Devices.ShouldBe("a filter (exclude: device.trustType -eq \"ServerAD\")");
        (policy.Resources.Include.Single(), policy.Resources.Exclude.Single(), policy.Resources.Filtered).ShouldBe(("Office365", "a1", true));
        policy.Resources.UserActions.ShouldBe(["urn:user:registerdevice"]);
        policy.Resources.Contexts.ShouldBe(["c1"]);
        (policy.Include.All, policy.Include.Users.Single()).ShouldBe((false, World.Id(1)));
        policy.Include.Guests.ShouldBe(GuestScope.AllOfThem);
        policy.Exclude.Guests!.Types.ShouldBe(["internalGuest", "b2bCollaborationGuest"]);
        policy.Exclude.Guests.AllTenants.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"includeDevices":["All"],"excludeDevices":["Compliant"]}""", "their state")]
    [InlineData("""{"includeDeviceStates":["All"],"excludeDeviceStates":["DomainJoined"]}""", "their state")]
    [InlineData("""{"includeDevices":["All"],"excludeDevices":[],"deviceFilter":null}""", null)]
    public async Task States_of_devices_narrow_a_policy(string devices, string? words)
    {
        var policy = await PolicyAsync(node => Set(node, "conditions", "devices", devices));

        policy.Conditions.Devices.ShouldBe(words);
    }

    [Fact]
    public async Task A_strength_is_taken_from_the_policy_by_its_id()
    {
        var policy = await PolicyAsync(static node => Set(
            node, "grantControls", "authenticationStrength", """{"id":"s1","displayName":"Our keys","allowedCombinations":["fido2"]}"""));

        policy.Controls.Strength.ShouldBe("s1");
        policy.UnjudgedControls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Policies_that_one_version_leaves_out_are_told()
    {
        var view = (await ReadAsync(static asked => asked.Path == V1 ? Answer.Ok("""{"value":[{"id":"other"}]}""") : null)).ShouldBeSeen();

        view.OnlyInBeta.ShouldBe(["c1"]);
        view.OnlyInV1.ShouldBe(["other"]);
    }

    [Theory]
    [InlineData(Beta)]
    [InlineData(V1)]
    public async Task Without_the_policies_nothing_is_known(string path)
    {
        var view = await ReadAsync(asked => asked.Path == path ? Answer.Error(403, "AccessDenied") : null);

        view.ShouldBeUnknown().ShouldBe("AccessDenied");
    }

    [Theory]
    [InlineData("""{"value":[{"state":"enabled"}]}""")]
    [InlineData("""{"value":[{"id":"x"}]}""")]
    [InlineData("""{"values":[]}""")]
    public async Task A_policy_without_id_or_state_makes_all_unknown(string body) =>
        (await ReadAsync(asked => asked.Path == Beta ? Answer.Ok(body) : null)).ShouldBeUnknown().ShouldBe("InvalidAnswer");

    [Fact]
    public async Task Each_other_part_is_unknown_by_itself()
    {
        var view = (await ReadAsync(static asked => asked.Path is Beta or V1 ? null : Answer.Error(403, "Denied"))).ShouldBeSeen();

        view.Policies.Length.ShouldBe(1);
        view.Strengths.ShouldBeUnknown().ShouldBe("Denied");
        view.Locations.ShouldBeUnknown();
        view.SecurityDefaults.ShouldBeUnknown();
        view.Groups[Group].ShouldBeUnknown();
        view.Roles[Role].ShouldBeUnknown();
    }

    [Fact]
    public async Task Later_words_are_asked_for_on_every_page_and_links_are_followed()
    {
        await using var world = new World(static asked => asked.Path == Beta && asked.Query.Length == 0
            ? Answer.Ok("""{"value":[],"@odata.nextLink":"http://127.0.0.1:5005/beta/identity/conditionalAccess/policies?$skiptoken=2"}""")
            : Service(asked));

        (await world.RunAsync(tenant => tenant.ReadAccessAsync(World.None))).ShouldBeSeen().Policies.Length.ShouldBe(1);

        var pages = world.Graph.Requests.Where(static asked => asked.Path == Beta).ToList();
        pages.Count.ShouldBe(2);
        pages.ShouldAllBe(static asked => asked.Headers["Prefer"] == "include-unknown-enum-members");
    }

    [Fact]
    public async Task A_refusal_for_going_too_fast_without_a_wait_is_waited_out()
    {
        var refused = 0;
        await using var world = new World(asked => asked.Path == Beta && refused++ < 3 ? Answer.Throttle(seconds: null) : Service(asked));
        var start = world.Time.GetUtcNow();

        (await world.RunAsync(tenant => tenant.ReadAccessAsync(World.None))).ShouldBeSeen();

        // 2, 4 and 8 seconds of our own, since the service names none.
        (world.Time.GetUtcNow() - start).ShouldBeGreaterThan(TimeSpan.FromSeconds(13));
    }

    [Fact]
    public async Task Per_user_MFA_is_read_in_batches_on_beta()
    {
        await using var world = new World(static asked => asked.Path.EndsWith("/requirements", StringComparison.Ordinal)
            ? Answer.Ok(asked.Path.Contains("/00000003-", StringComparison.Ordinal) ? """{"perUserMfaState":"enforced"}""" : """{"perUserMfaState":"disabled"}""")
            : Answer.NotFound);

        var reads = await world.RunAsync(async tenant =>
        {
            var all = new List<MfaPlan.Engine.Ports.UserRead>();
            await foreach (var read in tenant.ReadMethodsAsync(Enumerable.Range(1, 25).Select(World.Id), MethodParts.Requirements, World.None))
            {
                all.Add(read);
            }

            return all;
        });

        reads.Select(static read => read.User).ShouldBe(Enumerable.Range(1, 25).Select(World.Id));
        reads.Select(static read => read.Methods.ShouldBeSeen().PerUserMfa).Count(static state => state == PerUserMfa.Enforced).ShouldBe(1);
        reads[2].Methods.ShouldBeSeen().PerUserMfa.ShouldBe(PerUserMfa.Enforced);
        world.Graph.Requests.Select(static asked => asked.Path).ShouldBe(["/beta/$batch", "/beta/$batch"]);
    }

    [Theory]
    [InlineData("""{"perUserMfaState":"quantum"}""", PerUserMfa.Unknown)]
    [InlineData("{}", null)]
    public async Task A_state_that_is_not_known_is_not_taken_for_another(string body, PerUserMfa? state)
    {
        await using var world = new World(_ => Answer.Ok(body));

        var look = await world.RunAsync(tenant => tenant.LookAsync(World.Id(1), MethodParts.Requirements, World.None));

        look.SeenOrDefault?.PerUserMfa.ShouldBe(state!.Value);
        (look is Observed<UserMethods>.Unknown).ShouldBe(state is null);
    }

    private static void Set(JsonNode policy, string within, string name, string value) => within
        .Split('.', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(policy, static (node, part) => node[part]!)[name] = JsonNode.Parse(value);
}
