using System.Text.Json.Nodes;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Policies;

/// <summary>
/// The registration campaign as it is written. Whether the service merges the object or replaces it is not documented, so all of it is written,
/// what is not understood included, and on beta, where that was read.
/// </summary>
/// <seealso href="https://learn.microsoft.com/graph/api/authenticationmethodspolicy-update?view=graph-rest-beta"/>
internal static class CampaignJson
{
    /// <summary>The policy on beta.</summary>
    public const string Path = "/beta/policies/authenticationMethodsPolicy";

    /// <summary>The member of the policy that holds the campaign.</summary>
    public const string Enforcement = "registrationEnforcement";

    /// <summary>The campaign within it.</summary>
    public const string Campaign = "authenticationMethodsRegistrationCampaign";

    /// <summary>What is left of the enforcement without what is understood, sorted, as <see cref="RegistrationCampaign.Others"/>.</summary>
    public static string? OthersOf(JsonObject rest)
    {
        var campaign = TargetJson.Sorted(rest[Campaign]!.AsObject());
        var others = TargetJson.Sorted(rest);
        others[Campaign] = campaign;
        return others.Count == 1 && campaign.Count == 0 ? null : others.ToJsonString();
    }

    /// <summary>The request of a change.</summary>
    public static HttpRequestMessage Of(Change.SetCampaign change, GraphConnection graph)
    {
        var after = change.After;
        var enforcement = after.Others is { } others ? JsonNode.Parse(others)!.AsObject() : new JsonObject { [Campaign] = new JsonObject() };
        var campaign = enforcement[Campaign]!.AsObject();
        campaign["state"] = after.State switch
        {
            CampaignState.Enabled => "enabled",
            CampaignState.Disabled => "disabled",
            _ => "default",
        };
        campaign["snoozeDurationInDays"] = after.SnoozeDays;
        campaign["includeTargets"] = new JsonArray([.. after.Include.Select(static target => (JsonNode?)TargetJson.OfCampaign(target))]);
        campaign["excludeTargets"] = new JsonArray([.. after.Exclude.Select(static target => (JsonNode?)TargetJson.OfCampaign(target))]);
        return new HttpRequestMessage(HttpMethod.Patch, graph.At(Path))
        {
            Content = GraphConnection.Content(new JsonObject { [Enforcement] = enforcement }, GraphJson.Default.JsonObject),
        };
    }
}
