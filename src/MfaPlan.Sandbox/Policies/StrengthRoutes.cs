using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Policies;

/// <summary>Authentication strengths and security defaults (graph-api.md 12b.2, 12b.3).</summary>
internal sealed class StrengthRoutes(TenantState tenant, Paging paging)
{
    private static readonly string[] SecondFactors =
        ["microsoftAuthenticatorPush", "softwareOath", "hardwareOath", "sms", "voice"];

    private static readonly string[] PhishingResistant =
        ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"];

    private static readonly string[] Passwordless = [.. PhishingResistant, "deviceBasedPush"];

    private static readonly string[] AnyMfa =
    [
        .. Passwordless, "temporaryAccessPassOneTime", "temporaryAccessPassMultiUse", "federatedMultiFactor",
        .. SecondFactors.Select(static factor => "password," + factor),
        .. SecondFactors.Select(static factor => factor + ",federatedSingleFactor"),
    ];

    private static readonly JsonElement[] BuiltIn =
    [
        Strength(2, "Multifactor authentication", AnyMfa),
        Strength(3, "Passwordless MFA", Passwordless),
        Strength(4, "Phishing resistant MFA", PhishingResistant),
    ];

    private readonly DocumentList _custom = new(tenant, paging, DocumentPaths.StrengthPolicies);
    private readonly DocumentList _access = new(tenant, paging, DocumentPaths.AccessPolicies);

    public IEnumerable<Route> All() =>
    [
        new("GET", "policies/authenticationStrengthPolicies", ApiVersion.V1, Access.StrengthRead, List),
        new("GET", "policies/authenticationStrengthPolicies/{id}", ApiVersion.V1, Access.StrengthRead, Get),
        new("GET", "policies/authenticationStrengthPolicies/{id}/usage", ApiVersion.V1, Access.StrengthRead, Usage),
        new(
            "GET",
            "identity/conditionalAccess/authenticationStrength/policies",
            ApiVersion.V1,
            Access.StrengthRead,
            List),
        new(
            "GET",
            "policies/identitySecurityDefaultsEnforcementPolicy",
            ApiVersion.V1,
            Access.SecurityDefaultsRead,
            Defaults),
    ];

    private static JsonElement Strength(int number, string name, IEnumerable<string> combinations) =>
        Json.Element(new JsonObject
        {
            ["id"] = $"00000000-0000-0000-0000-00000000000{number}",
            ["displayName"] = name,
            ["description"] = name,
            ["policyType"] = "builtIn",
            ["requirementsSatisfied"] = "mfa",
            ["createdDateTime"] = "2021-12-01T00:00:00Z",
            ["modifiedDateTime"] = "2021-12-01T00:00:00Z",
            ["allowedCombinations"] = new JsonArray([.. combinations.Select(static item => (JsonNode)item)]),
        });

    private List<JsonElement> Everything() =>
    [
        .. BuiltIn.Where(strength => _custom.Find(strength.Text("id") ?? "-").ValueKind == JsonValueKind.Undefined),
        .. _custom.Items,
    ];

    private static JsonObject Show(JsonElement item)
    {
        var node = JsonObject.Create(item) ?? [];
        node.TryAdd("policyType", "custom");
        node.TryAdd("requirementsSatisfied", "mfa");
        node.TryAdd("combinationConfigurations", new JsonArray());
        return node;
    }

    private GraphAnswer List(GraphRequest request) =>
        _custom.List(request, [.. Everything().Select(static item => Json.Element(Show(item)))]);

    private GraphAnswer Get(GraphRequest request)
    {
        var found = Everything().Find(
            item => request["id"].Equals(item.Text("id"), StringComparison.OrdinalIgnoreCase));
        return found.ValueKind == JsonValueKind.Undefined
            ? GraphAnswer.NotFound(request["id"])
            : GraphAnswer.Ok(Projection.Select(Show(found), request));
    }

    /// <summary>The Conditional Access policies that demand this strength.</summary>
    private GraphAnswer Usage(GraphRequest request)
    {
        var users = _access.Items.Where(policy =>
            policy.TryGetProperty("grantControls", out var controls)
            && controls.ValueKind == JsonValueKind.Object
            && controls.TryGetProperty("authenticationStrength", out var strength)
            && request["id"].Equals(strength.Text("id"), StringComparison.OrdinalIgnoreCase));
        return GraphAnswer.Ok(new JsonObject
        {
            ["mfa"] = new JsonArray([.. users.Select(Json.Node)]),
            ["none"] = new JsonArray(),
        });
    }

    private GraphAnswer Defaults(GraphRequest request)
    {
        var node = tenant.Documents.Seen(DocumentPaths.SecurityDefaults, tenant.Now) is { } document
            ? JsonObject.Create(document) ?? []
            : [];
        node["id"] = "00000000-0000-0000-0000-000000000005";
        node.TryAdd("displayName", "Security Defaults");
        node.TryAdd("isEnabled", false);
        return GraphAnswer.Ok(Projection.Select(node, request));
    }
}
