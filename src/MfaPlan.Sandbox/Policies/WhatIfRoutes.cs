using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Policies;

/// <summary>What If: which Conditional Access policies apply to one sign-in (graph-api.md 12b.2, 13.16).</summary>
internal sealed class WhatIfRoutes(TenantState tenant)
{
    private const string UserSignIn = "#microsoft.graph.userSignIn";

    public IEnumerable<Route> All() =>
    [
        new("POST", "identity/conditionalAccess/evaluate", ApiVersion.V1, Access.AccessPolicyRead, Evaluate)
        {
            Budget = Budget.ConditionalAccess,
            IsWrite = false,
        },
    ];

    private GraphAnswer Evaluate(GraphRequest request)
    {
        if (request.BodyObject is not { } body
            || body["signInIdentity"] is not JsonObject identity
            || identity.Text("@odata.type") != UserSignIn
            || body["signInContext"] is not JsonObject context
            || context.Text("@odata.type") is null)
        {
            return OurChoices.BadBody("The body needs signInIdentity with userId, and signInContext, each with its @odata.type.");
        }

        if (tenant.Users.Find(identity.Text("userId") ?? "-") is not { } user)
        {
            return GraphAnswer.NotFound(identity.Text("userId") ?? "-");
        }

        var question = new WhatIf(tenant, user, context, body["signInConditions"] as JsonObject ?? []);
        var appliedOnly = body["appliedPoliciesOnly"]?.GetValueKind() == JsonValueKind.True;
        var results = new JsonArray();
        foreach (var policy in Policies().Where(static policy => policy.Text("state") != "disabled"))
        {
            var reason = question.WhyNot(policy);
            if (reason is null || !appliedOnly)
            {
                var shown = JsonObject.Create(policy.Clone()) ?? [];
                shown.Remove(AccessPolicyRoutes.PreviewMark);
                shown["policyApplies"] = reason is null;
                shown["analysisReasons"] = reason ?? OurChoices.NoWhatIfReason;
                results.Add((JsonNode)shown);
            }
        }

        return GraphAnswer.Ok(new JsonObject { ["value"] = results });
    }

    private List<JsonElement> Policies() =>
        tenant.Documents.Seen(DocumentPaths.AccessPolicies, tenant.Now) is { } document ? [.. document.EnumerateArray()] : [];
}
