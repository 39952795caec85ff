using MfaPlan.Core.Tenants;

namespace MfaPlan.Graph.Tests;

public sealed class PolicyTests
{
    private const string PolicyPath = "/v1.0/policies/authenticationMethodsPolicy";
    private const string HardwarePath = "/beta/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/HardwareOath";
    private const string Everybody = """[{"id":"all_users","targetType":"group"}]""";
    private const string Hardware = $$"""{"id":"HardwareOath","state":"enabled","includeTargets":{{Everybody}},"excludeTargets":[]}""";

    private static readonly Guid Group = World.Id(50);
    private static readonly Guid Excluded = World.Id(51);

    private static string Configuration(string kind, string include, string more = "", string state = "enabled") =>
        $$"""
        {"@odata.type":"#microsoft.graph.{{kind}}AuthenticationMethodConfiguration","id":"{{kind}}","state":"{{state}}",
         "includeTargets":{{include}},"excludeTargets":[]{{more}}}
        """;

    private static string Target(Guid id, string more = "", string type = "group") => $$"""[{"id":"{{id}}","targetType":"{{type}}"{{more}}}]""";

    private static Func<Asked, Answer> Service(string configurations, Answer? hardware = null, string more = "") => asked => asked.Path switch
    {
        PolicyPath => Answer.Ok($$"""{"id":"authenticationMethodsPolicy"{{more}},"authenticationMethodConfigurations":[{{configurations}}]}"""),
        HardwarePath => hardware ?? Answer.Ok(Hardware),
        var path when path.Contains(Group.ToString(), StringComparison.Ordinal) => Answer.Ok($$"""{"value":[{"id":"{{World.Id(1)}}"},{"id":"{{World.Id(2)}}"}]}"""),
        var path when path.Contains(Excluded.ToString(), StringComparison.Ordinal) => Answer.Ok($$"""{"value":[{"id":"{{World.Id(2)}}"}]}"""),
        _ => Answer.NotFound,
    };

    private static async Task<Observed<MethodsPolicy>> ReadAsync(Func<Asked, Answer> service)
    {
        await using var world = new World(service);
        return await world.RunAsync(tenant => tenant.ReadMethodsPolicyAsync(World.None));
    }

    [Fact]
    public async Task The_policy_judges_users_by_the_members_of_the_groups_it_names()
    {
        var service = Service(
            Configuration("sms", Target(Group, ""","isUsableForSignIn":false"""), $$""","excludeTargets":{{Target(Excluded)}}""")
                .Replace("\"excludeTargets\":[],", "", StringComparison.Ordinal)
            + "," + Configuration("voice", Everybody, ""","isOfficePhoneAllowed":false""")
            + "," + Configuration("microsoftAuthenticator", Target(World.Id(7), type: "user"))
            + "," + Configuration("softwareOath", "[]", state: "disabled")
            + "," + Configuration("fido2", Target(Group))
            + "," + Configuration("federatedIdentityCredential", "[]"),
            more: ""","policyMigrationState":"migrationInProgress" """);

        var policy = (await ReadAsync(service)).ShouldBeSeen();

        policy.Allows(MethodKind.Sms, World.Id(1)).ShouldBeTrue();
        policy.Allows(MethodKind.Sms, World.Id(2)).ShouldBeFalse();
        policy.SmsSignInReaches(World.Id(1)).ShouldBeFalse();
        policy.AllowsOfficeCalls(World.Id(9)).ShouldBeFalse();
        policy.Allows(MethodKind.Authenticator, World.Id(7)).ShouldBeTrue();
        policy.Allows(MethodKind.Authenticator, World.Id(8)).ShouldBeFalse();
        policy.Allows(MethodKind.SoftwareOath, World.Id(1)).ShouldBeFalse();
        policy.Allows(MethodKind.HardwareOath, World.Id(1)).ShouldBeTrue();
        policy.AllowsPasskeys(World.Id(1)).ShouldBeTrue();
        policy.AllowsPasskeys(World.Id(8)).ShouldBeFalse();
        policy.Members.Keys.Order().ShouldBe([Group, Excluded]);
        policy.MigrationState.ShouldBe("migrationInProgress");
    }

    [Fact]
    public async Task Where_the_service_does_not_say_whether_a_number_is_a_sign_in_name_it_is_one()
    {
        var policy = (await ReadAsync(Service(Configuration("sms", Target(Group))))).ShouldBeSeen();

        policy.SmsSignInReaches(World.Id(1)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(403, "Authorization_RequestDenied")]
    [InlineData(404, "Request_ResourceNotFound")]
    public async Task A_policy_whose_hardware_tokens_cannot_be_read_is_unknown_as_a_whole(int status, string code)
    {
        var policy = await ReadAsync(Service(Configuration("sms", Everybody), Answer.Error(status, code)));

        policy.ShouldBeUnknown().ShouldBe(code);
    }

    [Fact]
    public async Task A_group_that_cannot_be_read_makes_the_policy_unknown()
    {
        var policy = await ReadAsync(Service(Configuration("sms", Target(World.Id(77)))));

        policy.ShouldBeUnknown().ShouldBe("Request_ResourceNotFound");
    }

    [Fact]
    public async Task A_state_that_is_not_known_makes_the_policy_unknown()
    {
        var policy = await ReadAsync(Service(Configuration("sms", Everybody, state: "halfEnabled")));

        policy.ShouldBeUnknown().ShouldBe("UnknownPolicyState");
    }

    [Theory]
    [InlineData("""[{"id":"00000001-0000-0000-0000-000000000000","targetType":"planet"}]""", "UnknownPolicyTarget")]
    [InlineData("""[{"id":"some_users","targetType":"group"}]""", "UnknownPolicyTarget")]
    [InlineData("null", "PolicyTargetsMissing")]
    public async Task A_target_that_is_not_understood_makes_the_policy_unknown(string include, string code)
    {
        var policy = await ReadAsync(Service(Configuration("voice", include)));

        policy.ShouldBeUnknown().ShouldBe(code);
    }

    [Fact]
    public async Task An_answer_without_configurations_is_unknown()
    {
        (await ReadAsync(_ => Answer.Ok("""{"id":"authenticationMethodsPolicy"}"""))).ShouldBeUnknown().ShouldBe("InvalidAnswer");
    }

    [Fact]
    public async Task A_group_named_twice_is_read_once()
    {
        await using var world = new World(Service(Configuration("sms", Target(Group)) + "," + Configuration("voice", Target(Group))));

        await world.RunAsync(tenant => tenant.ReadMethodsPolicyAsync(World.None));

        world.Graph.Requests.Count(asked => asked.Path.Contains(Group.ToString(), StringComparison.Ordinal)).ShouldBe(1);
    }
}
