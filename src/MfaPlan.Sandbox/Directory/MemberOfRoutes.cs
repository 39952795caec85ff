using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary>The groups a user is in, directly or through nested ones.</summary>
internal sealed class MemberOfRoutes(TenantState tenant, Paging paging)
{
    public IEnumerable<Route> All()
    {
        foreach (var (name, isTransitive) in new[] { ("memberOf", false), ("transitiveMemberOf", true) })
        {
            var path = "users/{id}/" + name;
            yield return Read(path, request => List(request, isTransitive, isCast: false));
            yield return Read(path + "/graph.group", request => List(request, isTransitive, isCast: true));
            yield return Read(path + "/$count", request => Count(request, isTransitive));
            yield return Read(path + "/graph.group/$count", request => Count(request, isTransitive));
        }

        yield return Ask("users/{id}/getMemberGroups", Groups);
        yield return Ask("users/{id}/checkMemberGroups", Check);
    }

    private static Route Read(string path, Func<GraphRequest, GraphAnswer> handle) =>
        new("GET", path, ApiVersion.Both, Access.MemberRead, handle) { Cost = 2 };

    private static Route Ask(string path, Func<GraphRequest, GraphAnswer> handle) =>
        new("POST", path, ApiVersion.Both, Access.MemberRead, handle) { Cost = 4, IsWrite = false };

    private List<SandboxGroup> Of(SandboxUser user, bool isTransitive)
    {
        var now = tenant.Now;
        return
        [
            .. tenant.Groups.All.Where(group => isTransitive
                ? tenant.Groups.Flatten(group, now).Users.Contains(user.Id)
                : group.Members.Seen(now).Users.Contains(user.Id)),
        ];
    }

    private GraphAnswer List(GraphRequest request, bool isTransitive, bool isCast)
    {
        if (tenant.Users.Find(request["id"]) is not { } user)
        {
            return GraphAnswer.NotFound(request["id"]);
        }

        if (isCast && !request.IsAdvanced)
        {
            return GraphAnswer.Unsupported(
                "The specified cast needs the header ConsistencyLevel: eventual and $count=true.");
        }

        var groups = Of(user, isTransitive);
        return paging.Page(
            request,
            groups.Count,
            index =>
            {
                var node = GroupRoutes.Show(groups[index], request);
                if (!isCast)
                {
                    node.Insert(0, "@odata.type", "#microsoft.graph.group");
                }

                return node;
            },
            request.IsAdvanced ? () => groups.Count : null);
    }

    private GraphAnswer Count(GraphRequest request, bool isTransitive)
    {
        if (!request.IsEventual)
        {
            return GraphAnswer.BadRequest("$count is not currently supported.");
        }

        return tenant.Users.Find(request["id"]) is { } user
            ? GraphAnswer.Count(Of(user, isTransitive).Count)
            : GraphAnswer.NotFound(request["id"]);
    }

    private GraphAnswer Groups(GraphRequest request) => tenant.Users.Find(request["id"]) is { } user
        ? Ids(Of(user, isTransitive: true).Select(static group => group.Id))
        : GraphAnswer.NotFound(request["id"]);

    private GraphAnswer Check(GraphRequest request)
    {
        if (tenant.Users.Find(request["id"]) is not { } user)
        {
            return GraphAnswer.NotFound(request["id"]);
        }

        if (request.BodyObject?["groupIds"] is not JsonArray { Count: <= 20 } wanted)
        {
            return OurChoices.BadBody("The body needs an array 'groupIds' of at most 20.");
        }

        return Ids(wanted
            .Select(static id => id?.ToString())
            .OfType<string>()
            .Where(id => tenant.Groups.Find(id) is { } group
                && tenant.Groups.Flatten(group, tenant.Now).Users.Contains(user.Id)));
    }

    private static GraphAnswer Ids(IEnumerable<string> ids) =>
        GraphAnswer.Ok(new JsonObject { ["value"] = new JsonArray([.. ids.Select(static id => (JsonNode)id)]) });
}
