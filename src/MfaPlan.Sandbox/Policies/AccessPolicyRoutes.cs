using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Policies;

/// <summary>Conditional Access policies and named locations, read only (graph-api.md 12b.1, 12b.2).</summary>
internal sealed class AccessPolicyRoutes(TenantState tenant, Paging paging)
{
    /// <summary>Marks a policy in the tenant file as using a preview feature: v1.0 leaves it out without a
    /// word.</summary>
    public const string PreviewMark = "@mfaplan.previewFeature";

    private readonly DocumentList _policies = new(tenant, paging, DocumentPaths.AccessPolicies);
    private readonly DocumentList _locations = new(tenant, paging, DocumentPaths.NamedLocations);

    public IEnumerable<Route> All()
    {
        const string Prefix = "identity/conditionalAccess/";
        return
        [
            Read(Prefix + "policies", List),
            Read(Prefix + "policies/{id}", Get),
            Read(Prefix + "namedLocations", request => _locations.List(request)),
            Read(Prefix + "namedLocations/{id}", request => _locations.Get(request)),
        ];
    }

    private static Route Read(string pattern, Func<GraphRequest, GraphAnswer> handle) =>
        new("GET", pattern, ApiVersion.Both, Access.AccessPolicyRead, handle) { Budget = Budget.ConditionalAccess };

    private static bool IsShown(JsonElement policy, ApiVersion version) =>
        version == ApiVersion.Beta || policy.Flag(PreviewMark) != true;

    private static JsonObject Show(JsonElement policy, GraphRequest request)
    {
        var node = JsonNode.Parse(policy.GetRawText())!.AsObject();
        node.Remove(PreviewMark);
        if (!request.IncludesUnknownEnumMembers)
        {
            Hide(node["grantControls"], "builtInControls", "riskRemediation");
            Hide(node["conditions"]?["platforms"], "includePlatforms", "linux");
            Hide(node["conditions"]?["platforms"], "excludePlatforms", "linux");
        }

        return node;
    }

    /// <summary>A word that came after the sentinel of its enumeration.</summary>
    private static void Hide(JsonNode? parent, string name, string word)
    {
        if (parent is JsonObject within && within[name] is JsonArray list)
        {
            within[name] = new JsonArray(
                [.. list.Select(item => (JsonNode?)(item?.ToString() == word ? "unknownFutureValue" : item?.ToString()))]);
        }
    }

    private GraphAnswer List(GraphRequest request) => _policies.List(
        request,
        [.. _policies.Items.Where(policy => IsShown(policy, request.Version))],
        policy => Show(policy, request));

    private GraphAnswer Get(GraphRequest request)
    {
        var policy = _policies.Find(request["id"]);
        return policy.ValueKind == JsonValueKind.Object && IsShown(policy, request.Version)
            ? GraphAnswer.Ok(Projection.Select(Show(policy, request), request))
            : GraphAnswer.NotFound(request["id"]);
    }
}
