using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary>Objects by id, whatever they are; and the organization.</summary>
internal sealed class DirectoryObjectRoutes(TenantState tenant)
{
    private const int MaxIds = 1000;

    public IEnumerable<Route> All() =>
    [
        new(
            "POST",
            "directoryObjects/getByIds",
            ApiVersion.Both,
            Access.ObjectsById,
            ByIds)
        {
            IsWrite = false,
            Cost = 5,
        },
        new("GET", "directoryObjects/{id}", ApiVersion.Both, Access.ObjectsById, Get),
        new("GET", "organization", ApiVersion.Both, Access.OrganizationRead, Organizations),
        new("GET", "organization/{id}", ApiVersion.Both, Access.OrganizationRead, Organization),
    ];

    private JsonObject? Show(string id, GraphRequest request, IReadOnlyCollection<string>? types)
    {
        if (tenant.Users.ById(id) is { } user && Wanted(types, "user"))
        {
            var node = UserRoutes.Show(user, request);
            node.Insert(0, "@odata.type", "#microsoft.graph.user");
            return node;
        }

        if (tenant.Groups.Find(id) is { } group && Wanted(types, "group"))
        {
            var node = GroupRoutes.Show(group, request);
            node.Insert(0, "@odata.type", "#microsoft.graph.group");
            return node;
        }

        return null;
    }

    private static bool Wanted(IReadOnlyCollection<string>? types, string type) =>
        types is null
        || types.Contains(type, StringComparer.OrdinalIgnoreCase)
        || types.Contains("directoryObject", StringComparer.OrdinalIgnoreCase);

    private GraphAnswer ByIds(GraphRequest request)
    {
        if (request.BodyObject?["ids"] is not JsonArray ids)
        {
            return OurChoices.BadBody("The body needs an array 'ids'.");
        }

        if (ids.Count > MaxIds)
        {
            return GraphAnswer.BadRequest($"At most {MaxIds} ids can be asked for at once.");
        }

        var types = request.BodyObject["types"] is JsonArray { Count: > 0 } items
            ? items.Select(static item => item?.ToString() ?? string.Empty).ToList()
            : null;
        var found = ids
            .Where(static id => id?.GetValueKind() == JsonValueKind.String)
            .Select(id => Show(id!.GetValue<string>(), request, types))
            .OfType<JsonNode>()
            .ToArray();
        return GraphAnswer.Ok(new JsonObject { ["value"] = new JsonArray(found) });
    }

    private GraphAnswer Get(GraphRequest request) => Show(request["id"], request, null) is { } node
        ? GraphAnswer.Ok(node)
        : GraphAnswer.NotFound(request["id"]);

    private JsonObject Organization() => new()
    {
        ["id"] = tenant.TenantId,
        ["displayName"] = "Sandbox",
        ["tenantType"] = "AAD",
    };

    private GraphAnswer Organizations(GraphRequest request) => GraphAnswer.Ok(new JsonObject
    {
        ["value"] = new JsonArray(Projection.Select(Organization(), request)),
    });

    private GraphAnswer Organization(GraphRequest request) =>
        request["id"].Equals(tenant.TenantId, StringComparison.OrdinalIgnoreCase)
            ? GraphAnswer.Ok(Projection.Select(Organization(), request))
            : GraphAnswer.NotFound(request["id"]);
}
