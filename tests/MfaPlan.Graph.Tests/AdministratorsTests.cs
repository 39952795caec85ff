using System.Collections.Immutable;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Graph.Tests;

public sealed class AdministratorsTests
{
    private const string Eligible = "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances";
    private const string ForGroups = "/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances";
    private const string ByIds = "/v1.0/directoryObjects/getByIds";

    private static readonly Guid RoleGroup = World.Id(60);
    private static readonly Guid AssignableGroup = World.Id(61);
    private static readonly Guid EligibleGroup = World.Id(62);
    private static readonly Guid App = World.Id(70);

    private static string Rows(string name, params Guid[] ids) =>
        $$"""{"value":[{{string.Join(',', ids.Select(id => $"{{\"id\":\"{Guid.Empty}\",\"{name}\":\"{id}\"}}"))}}]}""";

    private static string Users(params int[] ids) =>
        $$"""{"value":[{{string.Join(',', ids.Select(id => $"{{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"{World.Id(id)}\"}}"))}}]}""";

    // 1 assigned, 2 eligible, 3 member of a role's group, 4 owner of it, 5 and 6 member and owner of the assignable group,
    // 8 eligible for the role's group, 9 member of a group that is eligible for it.
    private static Answer Service(Asked asked) => Answer.Ok(asked.Path switch
    {
        "/v1.0/roleManagement/directory/roleAssignments" when asked.Query == "?page2" => Rows("principalId", App, World.Id(1)),
        "/v1.0/roleManagement/directory/roleAssignments" => Rows("principalId", RoleGroup)
            .Replace("]}", "],\"@odata.nextLink\":\"http://127.0.0.1:5005/v1.0/roleManagement/directory/roleAssignments?page2\"}", StringComparison.Ordinal),
        Eligible => Rows("principalId", World.Id(2), World.Id(1)),
        "/v1.0/groups" => $$"""{"value":[{"id":"{{AssignableGroup}}"}]}""",
        ForGroups when asked.Query.Contains(RoleGroup.ToString(), StringComparison.Ordinal) => Rows("principalId", World.Id(8), EligibleGroup),
        ForGroups => Rows("principalId"),
        ByIds => $$"""{"value":[{{string.Join(',', asked.Json.GetProperty("ids").EnumerateArray().Select(id => Typed(id.GetGuid())))}}]}""",
        var path when path.Contains(RoleGroup.ToString(), StringComparison.Ordinal) => path.EndsWith("/owners", StringComparison.Ordinal) ? Users(4) : Users(3),
        var path when path.Contains(AssignableGroup.ToString(), StringComparison.Ordinal) => path.EndsWith("/owners", StringComparison.Ordinal) ? Users(6) : Users(5),
        var path when path.Contains(EligibleGroup.ToString(), StringComparison.Ordinal) => path.EndsWith("/owners", StringComparison.Ordinal) ? Users() : Users(9),
        _ => throw new InvalidOperationException(asked.Path),
    });

    private static string Typed(Guid id) =>
        $$"""{"@odata.type":"#microsoft.graph.{{(id == App ? "servicePrincipal" : id == RoleGroup || id == EligibleGroup ? "group" : "user")}}","id":"{{id}}"}""";

    private static async Task<Observed<ImmutableHashSet<Guid>>> ReadAsync(Func<Asked, Answer?> unlike)
    {
        await using var world = new World(asked => unlike(asked) ?? Service(asked));
        return await world.RunAsync(tenant => tenant.ReadAdministratorsAsync(World.None));
    }

    private static IEnumerable<Guid> Ids(params int[] ids) => ids.Select(World.Id).Order();

    [Fact]
    public async Task Everybody_with_a_way_to_a_role_is_an_administrator_and_an_app_is_none()
    {
        var found = await ReadAsync(static _ => null);

        found.ShouldBeSeen().Order().ShouldBe(Ids(1, 2, 3, 4, 5, 6, 8, 9));
    }

    [Fact]
    public async Task A_tenant_without_the_licence_has_nobody_eligible()
    {
        var found = await ReadAsync(static asked =>
            asked.Path is Eligible or ForGroups ? Answer.Error(400, "AadPremiumLicenseRequired") : null);

        found.ShouldBeSeen().Order().ShouldBe(Ids(1, 3, 4, 5, 6));
    }

    [Theory]
    [InlineData(Eligible)]
    [InlineData(ForGroups)]
    [InlineData("/v1.0/roleManagement/directory/roleAssignments")]
    [InlineData("/v1.0/groups")]
    public async Task A_list_that_is_refused_for_another_reason_leaves_the_administrators_unknown(string path)
    {
        var found = await ReadAsync(asked => asked.Path == path ? Answer.Error(403, "Authorization_RequestDenied") : null);

        found.ShouldBeUnknown().ShouldBe("Authorization_RequestDenied");
    }

    [Theory]
    [InlineData("transitiveMembers")]
    [InlineData("owners")]
    public async Task A_group_whose_people_cannot_be_read_leaves_the_administrators_unknown(string what)
    {
        var found = await ReadAsync(asked => asked.Path.Contains(what, StringComparison.Ordinal) ? Answer.Error(403, "Authorization_RequestDenied") : null);

        found.ShouldBeUnknown();
    }

    [Fact]
    public async Task Without_the_permission_for_many_ids_groups_are_looked_up_one_by_one()
    {
        var found = await ReadAsync(static asked => asked switch
        {
            { Path: ByIds } => Answer.Error(403, "Authorization_RequestDenied"),
            { Query: "?$select=id" } when asked.Path == $"/v1.0/groups/{RoleGroup}" || asked.Path == $"/v1.0/groups/{EligibleGroup}" =>
                Answer.Ok($$"""{"id":"{{asked.Path[^36..]}}"}"""),
            { Query: "?$select=id" } when asked.Path.Length == "/v1.0/groups/".Length + 36 => Answer.NotFound,
            _ => null,
        });

        // Nobody says that the app is one, so it counts as a holder; it is no user's id and harms nobody.
        found.ShouldBeSeen().Except([App]).Order().ShouldBe(Ids(1, 2, 3, 4, 5, 6, 8, 9));
    }

    [Fact]
    public async Task A_holder_whose_kind_cannot_be_found_out_leaves_the_administrators_unknown()
    {
        var found = await ReadAsync(static asked => asked switch
        {
            { Path: ByIds } => Answer.Ok("""{"value":[]}"""),
            { Query: "?$select=id" } when asked.Path.Length == "/v1.0/groups/".Length + 36 => Answer.Error(403, "Authorization_RequestDenied"),
            _ => null,
        });

        found.ShouldBeUnknown();
    }

    [Fact]
    public async Task A_failed_look_at_kinds_is_repeated_because_it_only_reads()
    {
        var failed = false;
        var found = await ReadAsync(asked =>
        {
            if (asked.Path != ByIds || failed)
            {
                return null;
            }

            failed = true;
            return new Answer(503);
        });

        found.ShouldBeSeen().Count.ShouldBe(8);
    }

    [Fact]
    public async Task Groups_that_are_eligible_for_each_other_are_read_once_each()
    {
        await using var world = new World(static asked => asked.Path == ForGroups
            ? Answer.Ok(Rows("principalId", RoleGroup, EligibleGroup))
            : Service(asked));

        (await world.RunAsync(tenant => tenant.ReadAdministratorsAsync(World.None))).ShouldBeSeen();

        world.Graph.Requests.Count(static asked => asked.Path.EndsWith("/owners", StringComparison.Ordinal)).ShouldBe(3);
    }
}
