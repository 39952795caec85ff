using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary>Domains and what they accept from the federated identity provider (graph-api.md 6).</summary>
internal sealed class DomainRoutes(TenantState tenant, Paging paging)
{
    private static readonly string[] Behaviors =
        ["acceptIfMfaDoneByFederatedIdp", "enforceMfaByFederatedIdp", "rejectMfaByFederatedIdp"];

    private readonly DocumentList _domains = new(tenant, paging, DocumentPaths.Domains);

    public IEnumerable<Route> All() =>
    [
        new("GET", "domains", ApiVersion.Both, Access.DomainRead, request => _domains.List(request, Show)),
        new("GET", "domains/{id}", ApiVersion.Both, Access.DomainRead, request => _domains.Get(request, Show)),
        new("GET", "domains/{id}/federationConfiguration", ApiVersion.Both, Access.FederationRead, Federations),
        new(
            "GET",
            "domains/{id}/federationConfiguration/{federation}",
            ApiVersion.Both,
            Access.FederationRead,
            Federation),
        new(
            "PATCH",
            "domains/{id}/federationConfiguration/{federation}",
            ApiVersion.Both,
            Access.FederationWrite,
            Patch),
    ];

    private static JsonObject Show(JsonElement domain)
    {
        var node = JsonObject.Create(domain) ?? [];
        node.Remove("federationConfiguration");
        node.TryAdd("authenticationType", "Managed");
        node.TryAdd("isVerified", true);
        node.TryAdd("isDefault", false);
        node.TryAdd("isInitial", false);
        node.TryAdd("isRoot", true);
        node.TryAdd("supportedServices", new JsonArray());
        return node;
    }

    /// <summary>The one configuration of a federated domain, with an id where the file gives none.</summary>
    private static JsonObject? FederationOf(JsonElement domain)
    {
        if (domain.ValueKind != JsonValueKind.Object
            || !domain.TryGetProperty("federationConfiguration", out var value))
        {
            return null;
        }

        var item = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().FirstOrDefault() : value;
        if (item.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var node = JsonObject.Create(item) ?? [];
        if (!node.ContainsKey("id"))
        {
            node.Insert(0, "id", Ids.From("federationConfiguration", domain.Text("id") ?? "-"));
        }

        node.TryAdd("federatedIdpMfaBehavior", null);
        node.TryAdd("@odata.type", "#microsoft.graph.internalDomainFederation");
        return node;
    }

    private GraphAnswer Federations(GraphRequest request)
    {
        var domain = _domains.Find(request["id"]);
        return FederationOf(domain) is { } federation
            ? GraphAnswer.Ok(new JsonObject { ["value"] = new JsonArray(federation) })
            : GraphAnswer.NotFound(request["id"]);
    }

    private GraphAnswer Federation(GraphRequest request) =>
        FederationOf(_domains.Find(request["id"])) is { } federation
        && request["federation"].Equals(federation.Text("id"), StringComparison.OrdinalIgnoreCase)
            ? GraphAnswer.Ok(federation)
            : GraphAnswer.NotFound(request["federation"]);

    private GraphAnswer Patch(GraphRequest request)
    {
        if (request.BodyObject is not { } body)
        {
            return OurChoices.BadBody("The body must be an object.");
        }

        if (body.TryGetPropertyValue("federatedIdpMfaBehavior", out _)
            && !Behaviors.Contains(body.Text("federatedIdpMfaBehavior"), StringComparer.Ordinal))
        {
            return OurChoices.BadValue("federatedIdpMfaBehavior");
        }

        lock (tenant.Documents.Gate)
        {
            var domains = tenant.Documents.Current(DocumentPaths.Domains) is { } document
                ? JsonNode.Parse(document.GetRawText())!.AsArray()
                : [];
            var domain = domains.OfType<JsonObject>()
                .FirstOrDefault(item => request["id"].Equals(item.Text("id"), StringComparison.OrdinalIgnoreCase));
            if (domain is null
                || FederationOf(Json.Element(domain)) is not { } federation
                || !request["federation"].Equals(federation.Text("id"), StringComparison.OrdinalIgnoreCase))
            {
                return GraphAnswer.NotFound(request["federation"]);
            }

            foreach (var (name, value) in body.Where(static pair => pair.Key != "id" && pair.Key[0] != '@'))
            {
                federation[name] = value?.DeepClone();
            }

            domain["federationConfiguration"] = federation.DeepClone();
            tenant.Put(DocumentPaths.Domains, Json.Element(domains));
            return GraphAnswer.Ok(federation);
        }
    }
}
