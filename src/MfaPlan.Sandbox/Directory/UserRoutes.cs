using System.Collections.Frozen;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary><c>/users</c> (graph-api.md 2).</summary>
internal sealed class UserRoutes(TenantState tenant, Paging paging)
{
    /// <summary>What is shown without <c>$select</c>.</summary>
    public static readonly IReadOnlyList<string> DefaultProperties =
    [
        "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone", "officeLocation",
        "preferredLanguage", "surname", "userPrincipalName",
    ];

    private const string State = "perUserMfaState";

    private static readonly FrozenSet<string> WithState =
        KnownNames.User.Append(State).ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Advanced =
        ["onPremisesSamAccountName", "onPremisesImmutableId", "onPremisesExtensionAttributes", "mobilePhone"];

    private static readonly string[] Unfilterable = ["onPremisesDistinguishedName", "onPremisesDomainName"];

    public IEnumerable<Route> All() =>
    [
        new("GET", "users", ApiVersion.Both, Access.UserRead, List) { Cost = 2 },
        new("GET", "users/$count", ApiVersion.Both, Access.UserRead, Count),
        new("GET", "users/{id}", ApiVersion.Both, Access.UserRead, Get),
    ];

    /// <summary>A user as a request sees it.</summary>
    public static JsonObject Show(SandboxUser user, GraphRequest request)
    {
        var node = Projection.Of(user.Properties, request.Query.Select ?? DefaultProperties);
        if (node.ContainsKey("businessPhones") && node["businessPhones"] is null)
        {
            node["businessPhones"] = new JsonArray();
        }

        return node;
    }

    private IReadOnlySet<string> Known => tenant.Switches.ShowsPerUserMfaState ? WithState : KnownNames.User;

    private JsonObject ShowState(SandboxUser user, GraphRequest request)
    {
        var node = Show(user, request);
        if (node.ContainsKey(State))
        {
            node[State] = user.Authentication.Seen(tenant.Now).PerUserMfaState ?? "disabled";
        }

        return node;
    }

    private GraphAnswer Get(GraphRequest request) =>
        Projection.Refuse(request, Known, "user")
        ?? (tenant.Users.Find(request["id"]) is { } user
            ? GraphAnswer.Ok(ShowState(user, request))
            : GraphAnswer.NotFound(request["id"]));

    private GraphAnswer Count(GraphRequest request)
    {
        if (!request.IsEventual)
        {
            return GraphAnswer.BadRequest("$count is not currently supported.");
        }

        var filter = request.Query.Filter is { } text ? FilterParser.Parse(text) : null;
        return GraphAnswer.Count(Total(filter, filter is null ? null : tenant.Users.Candidates(filter)));
    }

    private GraphAnswer List(GraphRequest request)
    {
        var filter = request.Query.Filter is { } text ? FilterParser.Parse(text) : null;
        if ((Projection.Refuse(request, Known, "user") ?? Refuse(request, filter)) is { } refusal)
        {
            return refusal;
        }

        var candidates = filter is null ? null : tenant.Users.Candidates(filter);
        var users = candidates ?? tenant.Users.All;
        return paging.Page(
            request,
            users.Count,
            index => filter is null || filter.Holds(users[index].Properties) ? ShowState(users[index], request) : null,
            request.IsAdvanced ? () => Total(filter, candidates) : null);
    }

    private int Total(Filter? filter, IReadOnlyList<SandboxUser>? candidates) => filter is null
        ? tenant.Users.All.Count
        : (candidates ?? tenant.Users.All).Count(user => filter.Holds(user.Properties));

    private static GraphAnswer? Refuse(GraphRequest request, Filter? filter)
    {
        if (request.Query.HasSearch && !request.IsAdvanced)
        {
            return NeedsAdvanced();
        }

        foreach (var part in filter?.Parts() ?? [])
        {
            var path = part switch
            {
                Filter.Compare compare => compare.Path,
                Filter.In list => list.Path,
                Filter.Text function => function.Path,
                _ => string.Empty,
            };
            if (Unfilterable.Contains(path, StringComparer.Ordinal))
            {
                return GraphAnswer.Unsupported(
                    $"Unsupported or invalid query filter clause specified for property '{path}'.");
            }

            var needs = Advanced.Contains(path.Split('/')[0], StringComparer.Ordinal)
                || part is Filter.Not or Filter.Compare { Operator: "ne" } or Filter.Text { Function: not "startswith" }
                || (part is Filter.Compare { Value: { IsQuoted: false, Text: "null" } });
            if (needs && !request.IsAdvanced)
            {
                return NeedsAdvanced();
            }
        }

        return request.Query.HasOrderBy && filter is not null && !request.IsAdvanced ? NeedsAdvanced() : null;
    }

    private static GraphAnswer NeedsAdvanced() => GraphAnswer.Unsupported(
        "Unsupported query. This query needs the header ConsistencyLevel: eventual and $count=true.");
}
