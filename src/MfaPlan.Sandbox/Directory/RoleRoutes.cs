using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary>Who is an admin: roles, active and eligible (graph-api.md 12a).</summary>
internal sealed class RoleRoutes(TenantState tenant, Paging paging)
{
    private readonly DocumentList _assignments = new(tenant, paging, DocumentPaths.RoleAssignments);
    private readonly DocumentList _definitions = new(tenant, paging, DocumentPaths.RoleDefinitions);
    private readonly DocumentList _eligibilities = new(tenant, paging, DocumentPaths.RoleEligibilities);
    private readonly DocumentList _instances = new(tenant, paging, DocumentPaths.RoleAssignmentInstances);
    private readonly DocumentList _groups = new(tenant, paging, DocumentPaths.GroupEligibilities);

    public IEnumerable<Route> All()
    {
        const string Prefix = "roleManagement/directory/";
        return
        [
            new("GET", Prefix + "roleAssignments", ApiVersion.Both, Access.RoleRead, Assignments),
            new(
                "GET",
                Prefix + "roleAssignments/{id}",
                ApiVersion.V1,
                Access.RoleRead,
                request => _assignments.Get(request, Identified)),
            new("GET", Prefix + "roleDefinitions", ApiVersion.Both, Access.RoleRead, Definitions),
            new("GET", Prefix + "roleDefinitions/{id}", ApiVersion.Both, Access.RoleRead, Definition),
            new(
                "GET",
                Prefix + "roleEligibilityScheduleInstances",
                ApiVersion.V1,
                Access.RoleEligibilityRead,
                Pim(_eligibilities)),
            new(
                "GET",
                Prefix + "roleAssignmentScheduleInstances",
                ApiVersion.V1,
                Access.RoleAssignmentScheduleRead,
                Pim(Instances)),
            new(
                "GET",
                Prefix + "roleEligibilityScheduleInstances/{id}",
                ApiVersion.V1,
                Access.RoleEligibilityRead,
                Pim(request => _eligibilities.Get(request, Identified))),
            new(
                "GET",
                "identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
                ApiVersion.V1,
                Access.GroupEligibilityRead,
                Pim(GroupEligibilities)),
        ];
    }

    private static JsonObject Identified(JsonElement item)
    {
        var node = JsonObject.Create(item) ?? [];
        if (!node.ContainsKey("id"))
        {
            node.Insert(
                0,
                "id",
                Ids.From(
                    item.Text("principalId") ?? "-",
                    item.Text("roleDefinitionId") ?? "-",
                    item.Text("directoryScopeId") ?? "/"));
        }

        node.TryAdd("directoryScopeId", "/");
        return node;
    }

    private GraphAnswer Assignments(GraphRequest request) => _assignments.List(request, item =>
    {
        var node = Identified(item);
        if (request.Query.Expand.Contains("roleDefinition", StringComparer.OrdinalIgnoreCase)
            && RoleOf(item.Text("roleDefinitionId") ?? "-") is { ValueKind: JsonValueKind.Object } role)
        {
            node["roleDefinition"] = Shown(role, request.Version);
        }

        return node;
    });

    /// <summary>The roles of the file, and the built-in ones it does not replace.</summary>
    private List<JsonElement> Built() =>
    [
        .. _definitions.Items,
        .. BuiltInRoles.All.Where(role =>
            _definitions.Find(role.Text("id") ?? "-").ValueKind == JsonValueKind.Undefined),
    ];

    private JsonElement RoleOf(string id) =>
        Built().Find(role => id.Equals(role.Text("id"), StringComparison.OrdinalIgnoreCase));

    private static JsonObject Shown(JsonElement role, ApiVersion version)
    {
        var node = JsonObject.Create(role) ?? [];
        if (version == ApiVersion.V1)
        {
            node.Remove("isPrivileged");
        }

        return node;
    }

    private GraphAnswer Definitions(GraphRequest request)
    {
        if (request.Version == ApiVersion.V1
            && request.Query.Filter?.Contains("isPrivileged", StringComparison.Ordinal) == true)
        {
            return OurChoices.BadFilter("Could not find a property named 'isPrivileged'.");
        }

        return _definitions.List(request, Built(), role => Shown(role, request.Version));
    }

    private GraphAnswer Definition(GraphRequest request)
    {
        var role = RoleOf(request["id"]);
        return role.ValueKind == JsonValueKind.Undefined
            ? GraphAnswer.NotFound(request["id"])
            : GraphAnswer.Ok(Projection.Select(Shown(role, request.Version), request));
    }

    private Func<GraphRequest, GraphAnswer> Pim(DocumentList list) => Pim(request => list.List(request, Identified));

    private Func<GraphRequest, GraphAnswer> Pim(Func<GraphRequest, GraphAnswer> list) =>
        request => tenant.Switches.IsPimLicensed ? list(request) : OurChoices.NoPim();

    /// <summary>What the file says; without it, the active assignments, which PIM lists as assigned.</summary>
    private GraphAnswer Instances(GraphRequest request) =>
        tenant.Documents.Seen(DocumentPaths.RoleAssignmentInstances, tenant.Now) is not null
            ? _instances.List(request, Identified)
            : _instances.List(request, _assignments.Items, static item =>
            {
                var node = Identified(item);
                node.TryAdd("assignmentType", "Assigned");
                node.TryAdd("memberType", "Direct");
                return node;
            });

    private GraphAnswer GroupEligibilities(GraphRequest request)
    {
        var paths = request.Query.Filter is { } text
            ? FilterParser.Parse(text).Parts().OfType<Filter.Compare>().Select(static part => part.Path)
            : [];
        return paths.Any(static path => path is "groupId" or "principalId")
            ? _groups.List(request, static item =>
            {
                var node = JsonObject.Create(item) ?? [];
                if (!node.ContainsKey("id"))
                {
                    node.Insert(0, "id", Ids.From(item.GetRawText()));
                }

                return node;
            })
            : OurChoices.FilterMissing();
    }
}
