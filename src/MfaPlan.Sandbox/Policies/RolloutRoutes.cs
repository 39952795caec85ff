using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Policies;

/// <summary>Staged rollout (graph-api.md 5).</summary>
internal sealed class RolloutRoutes(TenantState tenant, Paging paging)
{
    private const string Prefix = "policies/featureRolloutPolicies";
    private const string Mfa = "multiFactorAuthentication";
    private const int MaxGroups = 10;

    private static readonly string[] Features =
    [
        "passthroughAuthentication", "seamlessSso", "passwordHashSync", "emailAsAlternateId",
        "certificateBasedAuthentication", Mfa,
    ];

    private static readonly string[] Changeable =
        ["description", "displayName", "isAppliedToOrganization", "isEnabled"];

    public IEnumerable<Route> All() =>
    [
        new("GET", Prefix, ApiVersion.Both, Access.RolloutRead, List),
        new("GET", Prefix + "/$count", ApiVersion.Both, Access.RolloutRead, _ => GraphAnswer.Count(Seen().Count)),
        new("GET", Prefix + "/{id}", ApiVersion.Both, Access.RolloutRead, Get),
        new("POST", Prefix, ApiVersion.Both, Access.RolloutWrite, Post),
        new("PATCH", Prefix + "/{id}", ApiVersion.Both, Access.RolloutWrite, Patch),
        new("DELETE", Prefix + "/{id}", ApiVersion.Both, Access.RolloutWrite, Delete),
        new("GET", Prefix + "/{id}/appliesTo/$count", ApiVersion.Both, Access.RolloutRead, CountGroups),
        new("POST", Prefix + "/{id}/appliesTo/$ref", ApiVersion.Both, Access.RolloutWrite, AddGroup),
        new("DELETE", Prefix + "/{id}/appliesTo/{group}/$ref", ApiVersion.Both, Access.RolloutWrite, RemoveGroup),
    ];

    private static JsonArray Parse(JsonElement? document)
    {
        var policies = document is { } given ? JsonNode.Parse(given.GetRawText())!.AsArray() : [];
        foreach (var policy in policies.OfType<JsonObject>())
        {
            if (!policy.ContainsKey("id"))
            {
                policy.Insert(0, "id", Ids.From("featureRolloutPolicy", policy.Text("feature") ?? "-"));
            }
        }

        return policies;
    }

    private List<JsonObject> Seen() =>
        [.. Parse(tenant.Documents.Seen(DocumentPaths.RolloutPolicies, tenant.Now)).OfType<JsonObject>()];

    private static List<string> GroupsOf(JsonObject policy) =>
    [
        .. (policy["appliesTo"] as JsonArray ?? [])
            .Select(static item => item is JsonObject node ? node.Text("id") : item?.ToString())
            .OfType<string>(),
    ];

    private static JsonObject? Find(IEnumerable<JsonNode?> policies, string id) => policies
        .OfType<JsonObject>()
        .FirstOrDefault(policy => id.Equals(policy.Text("id"), StringComparison.OrdinalIgnoreCase));

    /// <summary>Features after the sentinel are named only where asked for, and the one for MFA on v1.0 only.</summary>
    private JsonObject Show(JsonObject policy, GraphRequest request)
    {
        var feature = policy.Text("feature");
        var isHidden = feature is Mfa or "certificateBasedAuthentication"
            && (!request.IncludesUnknownEnumMembers || (feature == Mfa && request.Version == ApiVersion.Beta));
        var node = new JsonObject
        {
            ["id"] = policy.Text("id"),
            ["displayName"] = policy.Text("displayName"),
            ["description"] = policy.Text("description"),
            ["feature"] = isHidden ? "unknownFutureValue" : feature,
            ["isEnabled"] = policy["isEnabled"]?.DeepClone() ?? false,
            ["isAppliedToOrganization"] = policy["isAppliedToOrganization"]?.DeepClone() ?? false,
        };
        Projection.Select(node, request);
        if (request.Query.Expand.Any(static name => name.StartsWith("appliesTo", StringComparison.OrdinalIgnoreCase)))
        {
            node["appliesTo"] = new JsonArray([.. GroupsOf(policy).Select(id => (JsonNode)Expanded(id))]);
        }

        return node;
    }

    private JsonObject Expanded(string id)
    {
        var node = new JsonObject { ["@odata.type"] = "#microsoft.graph.group", ["id"] = id };
        if (tenant.Groups.Find(id) is { } group)
        {
            node["displayName"] = group.Properties.Text("displayName");
        }

        return node;
    }

    private GraphAnswer List(GraphRequest request)
    {
        var filter = request.Query.Filter is { } text ? FilterParser.Parse(text) : null;
        var policies = Seen().Where(policy => filter is null || filter.Holds(Json.Element(policy))).ToList();
        return paging.Page(
            request,
            policies.Count,
            index => Show(policies[index], request),
            request.Query.Count ? () => policies.Count : null);
    }

    private GraphAnswer Get(GraphRequest request) => Find(Seen(), request["id"]) is { } policy
        ? GraphAnswer.Ok(Show(policy, request))
        : GraphAnswer.NotFound(request["id"]);

    private GraphAnswer CountGroups(GraphRequest request) => Find(Seen(), request["id"]) is { } policy
        ? GraphAnswer.Count(GroupsOf(policy).Count)
        : GraphAnswer.NotFound(request["id"]);

    private GraphAnswer Post(GraphRequest request)
    {
        if (request.BodyObject is not { } body
            || body.Text("displayName") is not { } name
            || body.Text("feature") is not { } feature
            || body["isEnabled"]?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            return OurChoices.BadBody("The body needs displayName, feature and isEnabled.");
        }

        if (!Features.Contains(feature, StringComparer.Ordinal)
            || (feature == Mfa && request.Version == ApiVersion.Beta))
        {
            return OurChoices.BadRollout($"'{feature}' is no feature of {request.VersionName}");
        }

        lock (tenant.Documents.Gate)
        {
            var policies = Parse(tenant.Documents.Current(DocumentPaths.RolloutPolicies));
            if (policies.OfType<JsonObject>().Any(policy => policy.Text("feature") == feature))
            {
                return OurChoices.BadRollout("the feature has a policy already");
            }

            var policy = new JsonObject
            {
                ["id"] = Ids.New("featureRolloutPolicy" + feature, tenant.Now),
                ["displayName"] = name,
                ["description"] = body.Text("description"),
                ["feature"] = feature,
                ["isEnabled"] = body["isEnabled"]!.DeepClone(),
                ["isAppliedToOrganization"] = body["isAppliedToOrganization"]?.DeepClone() ?? false,
                ["appliesTo"] = new JsonArray(),
            };
            policies.Add(policy);
            Save(policies);
            return GraphAnswer.Created(Show(policy, request));
        }
    }

    private void Save(JsonArray policies) => tenant.Put(DocumentPaths.RolloutPolicies, Json.Element(policies));

    /// <summary>Changes one policy; nothing is saved where the change is refused.</summary>
    private GraphAnswer Change(GraphRequest request, Func<JsonArray, JsonObject, GraphAnswer> change)
    {
        lock (tenant.Documents.Gate)
        {
            var policies = Parse(tenant.Documents.Current(DocumentPaths.RolloutPolicies));
            if (Find(policies, request["id"]) is not { } policy)
            {
                return GraphAnswer.NotFound(request["id"]);
            }

            var answer = change(policies, policy);
            if (answer.Status < 300)
            {
                Save(policies);
            }

            return answer;
        }
    }

    private GraphAnswer Patch(GraphRequest request) => Change(request, (_, policy) =>
    {
        if (request.BodyObject is not { } body)
        {
            return OurChoices.BadBody("The body must be an object.");
        }

        foreach (var (name, value) in body.Where(static pair => pair.Key[0] != '@'))
        {
            if (!Changeable.Contains(name, StringComparer.Ordinal))
            {
                return OurChoices.BadRollout($"{name} cannot be changed");
            }

            policy[name] = value?.DeepClone();
        }

        return GraphAnswer.NoContent();
    });

    private GraphAnswer Delete(GraphRequest request) => Change(request, static (policies, policy) =>
    {
        policies.Remove(policy);
        return GraphAnswer.NoContent();
    });

    private GraphAnswer AddGroup(GraphRequest request) => Change(request, (_, policy) =>
    {
        var groups = GroupsOf(policy);
        if (MembershipRoutes.IdOf(request.BodyObject?["@odata.id"]) is not { } id
            || tenant.Groups.Find(id) is not { } group)
        {
            return OurChoices.BadRollout("'@odata.id' names no group");
        }

        var members = group.Members.Current;
        var why = groups.Contains(group.Id, StringComparer.OrdinalIgnoreCase) ? "the group has been added"
            : groups.Count >= MaxGroups ? $"at most {MaxGroups} groups are allowed"
            : group.IsDynamic ? "dynamic groups are not supported"
            : group.IsUnified ? "Microsoft 365 groups are not supported"
            : !members.Groups.IsEmpty ? "nested groups are not supported"
            : members.Users.Count > OurChoices.MaxUsersWhenAdded ? "the group has more than 200 users"
            : null;
        if (why is not null)
        {
            return OurChoices.BadRollout(why);
        }

        policy["appliesTo"] = Ids([.. groups, group.Id]);
        return OurChoices.GroupAdded();

        static JsonArray Ids(IEnumerable<string> ids) =>
            new([.. ids.Select(static item => (JsonNode)new JsonObject { ["id"] = item })]);
    });

    private GraphAnswer RemoveGroup(GraphRequest request) => Change(request, (_, policy) =>
    {
        var groups = GroupsOf(policy);
        if (groups.RemoveAll(id => id.Equals(request["group"], StringComparison.OrdinalIgnoreCase)) == 0)
        {
            return GraphAnswer.NotFound(request["group"]);
        }

        policy["appliesTo"] = new JsonArray(
            [.. groups.Select(static item => (JsonNode)new JsonObject { ["id"] = item })]);
        return GraphAnswer.NoContent();
    });
}
