using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary><c>/groups</c> and who is in them (graph-api.md 1.1 to 1.3).</summary>
internal sealed class GroupRoutes(TenantState tenant, Paging paging)
{
    private const string UserType = "#microsoft.graph.user";
    private const string GroupType = "#microsoft.graph.group";

    private static readonly string[] AlwaysShown =
        ["securityEnabled", "mailEnabled", "onPremisesSyncEnabled", "membershipRule", "isAssignableToRole"];

    private static readonly (string Cast, Take Take)[] Casts =
        [(string.Empty, Take.All), ("/graph.user", Take.Users), ("/graph.group", Take.Groups)];

    public IEnumerable<Route> All()
    {
        yield return new("GET", "groups", ApiVersion.Both, Access.GroupRead, List);
        yield return new("GET", "groups/$count", ApiVersion.Both, Access.GroupRead, Count);
        yield return new("GET", "groups/{id}", ApiVersion.Both, Access.GroupRead, Get);
        yield return new("GET", "groups/{id}/owners", ApiVersion.Both, Access.MemberRead, Owners);
        foreach (var (name, cost, isTransitive) in new[] { ("members", 3, false), ("transitiveMembers", 5, true) })
        {
            foreach (var (cast, take) in Casts)
            {
                yield return new(
                    "GET",
                    $"groups/{{id}}/{name}{cast}",
                    ApiVersion.Both,
                    Access.MemberRead,
                    request => Members(request, isTransitive, take))
                {
                    Cost = cost,
                };
                yield return new(
                    "GET",
                    $"groups/{{id}}/{name}{cast}/$count",
                    ApiVersion.Both,
                    Access.MemberRead,
                    request => MemberCount(request, isTransitive, take));
            }
        }
    }

    private enum Take
    {
        All,
        Users,
        Groups,
    }

    /// <summary>A group as a request sees it; the flags that Graph always shows are there.</summary>
    public static JsonObject Show(SandboxGroup group, GraphRequest request)
    {
        var node = JsonObject.Create(group.Properties) ?? [];
        node.TryAdd("groupTypes", new JsonArray());
        foreach (var name in AlwaysShown)
        {
            node.TryAdd(name, null);
        }

        return Projection.Select(node, request);
    }

    private GraphAnswer Get(GraphRequest request) =>
        Projection.Refuse(request, KnownNames.Group, "group")
        ?? (tenant.Groups.Find(request["id"]) is { } group
            ? GraphAnswer.Ok(Show(group, request))
            : GraphAnswer.NotFound(request["id"]));

    private GraphAnswer Count(GraphRequest request) => request.IsEventual
        ? GraphAnswer.Count(tenant.Groups.All.Count)
        : GraphAnswer.BadRequest("$count is not currently supported.");

    private GraphAnswer List(GraphRequest request)
    {
        if (Projection.Refuse(request, KnownNames.Group, "group") is { } refusal)
        {
            return refusal;
        }

        var filter = request.Query.Filter is { } text ? FilterParser.Parse(text) : null;
        var groups = tenant.Groups.All;
        return paging.Page(
            request,
            groups.Count,
            index => filter is null || filter.Holds(groups[index].Properties) ? Show(groups[index], request) : null,
            request.IsAdvanced
                ? () => filter is null ? groups.Count : groups.Count(group => filter.Holds(group.Properties))
                : null);
    }

    private GraphAnswer Owners(GraphRequest request)
    {
        if (tenant.Groups.Find(request["id"]) is not { } group)
        {
            return GraphAnswer.NotFound(request["id"]);
        }

        return paging.Page(
            request,
            group.Owners.Count,
            index => ShowMember(group.Owners[index], request, isCast: false));
    }

    private GraphAnswer MemberCount(GraphRequest request, bool isTransitive, Take take)
    {
        if (!request.IsEventual)
        {
            return GraphAnswer.BadRequest("$count is not currently supported.");
        }

        return tenant.Groups.Find(request["id"]) is { } group
            ? GraphAnswer.Count(SizeOf(Snapshot(group, isTransitive), take))
            : GraphAnswer.NotFound(request["id"]);
    }

    private GraphAnswer Members(GraphRequest request, bool isTransitive, Take take)
    {
        if (tenant.Groups.Find(request["id"]) is not { } group)
        {
            return GraphAnswer.NotFound(request["id"]);
        }

        if (take != Take.All && !request.IsAdvanced)
        {
            return GraphAnswer.Unsupported(
                "The specified cast needs the header ConsistencyLevel: eventual and $count=true.");
        }

        var filter = request.Query.Filter is { } text ? FilterParser.Parse(text) : null;
        var members = Snapshot(group, isTransitive);
        return paging.Page(
            request,
            SizeOf(members, take),
            index => Matches(At(members, take, index), filter)
                ? ShowMember(At(members, take, index), request, take != Take.All)
                : null,
            request.IsAdvanced ? () => CountOf(members, take, filter) : null,
            (index => Key(members, take, index), key => After(members, take, key)));
    }

    private GroupMembers Snapshot(SandboxGroup group, bool isTransitive) =>
        isTransitive ? tenant.Groups.Flatten(group, tenant.Now) : group.Members.Seen(tenant.Now);

    private static int SizeOf(GroupMembers members, Take take) => take switch
    {
        Take.Users => members.Users.Count,
        Take.Groups => members.Groups.Count,
        _ => members.Count,
    };

    private static string At(GroupMembers members, Take take, int index) => take switch
    {
        Take.Users => members.Users[index],
        Take.Groups => members.Groups[index],
        _ => index < members.Users.Count ? members.Users[index] : members.Groups[index - members.Users.Count],
    };

    /// <summary>A place in the members that stays when others come and go: kind and id.</summary>
    private static string Key(GroupMembers members, Take take, int index) =>
        (take == Take.Groups || index >= members.Users.Count ? "g" : "u") + At(members, take, index);

    private static int After(GroupMembers members, Take take, string key)
    {
        var isGroup = key.StartsWith('g');
        var set = isGroup ? members.Groups : members.Users;
        var place = set.IndexOf(key[1..]);
        var after = place < 0 ? ~place : place + 1;
        return isGroup && take == Take.All ? members.Users.Count + after : after;
    }

    private int CountOf(GroupMembers members, Take take, Filter? filter) => filter is null
        ? SizeOf(members, take)
        : Enumerable.Range(0, SizeOf(members, take)).Count(index => Matches(At(members, take, index), filter));

    private bool Matches(string id, Filter? filter) =>
        filter is null
        || (tenant.Users.ById(id) is { } user
            ? filter.Holds(user.Properties)
            : tenant.Groups.Find(id) is { } group && filter.Holds(group.Properties));

    private JsonObject ShowMember(string id, GraphRequest request, bool isCast)
    {
        JsonObject node;
        string type;
        if (tenant.Users.ById(id) is { } user)
        {
            (node, type) = (UserRoutes.Show(user, request), UserType);
        }
        else if (tenant.Groups.Find(id) is { } group)
        {
            (node, type) = (Show(group, request), GroupType);
        }
        else
        {
            return new() { ["id"] = id };
        }

        if (!isCast)
        {
            node.Insert(0, "@odata.type", type);
        }

        return node;
    }
}
