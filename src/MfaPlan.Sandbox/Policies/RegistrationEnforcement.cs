using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Policies;

/// <summary>The registration campaign of the authentication methods policy (graph-api.md 4.1).</summary>
internal static class RegistrationEnforcement
{
    /// <summary>The property of the policy.</summary>
    public const string Name = "registrationEnforcement";

    private const string CampaignName = "authenticationMethodsRegistrationCampaign";
    private const string BetaOnly = "enforceRegistrationAfterAllowedSnoozes";
    private const string Asked = "targetedAuthenticationMethod";

    private static readonly string[] States = ["default", "enabled", "disabled"];
    private static readonly string[] TargetTypes = ["group", "user"];

    /// <summary>Adds what is not there, with the values that a campaign has without anybody having set them.</summary>
    public static void Complete(JsonObject policy)
    {
        if (policy[Name] is not JsonObject enforcement)
        {
            policy[Name] = enforcement = [];
        }

        if (enforcement[CampaignName] is not JsonObject campaign)
        {
            enforcement[CampaignName] = campaign = [];
        }

        campaign.TryAdd("snoozeDurationInDays", 1);
        campaign.TryAdd(BetaOnly, true);
        campaign.TryAdd("state", "default");
        campaign.TryAdd("excludeTargets", new JsonArray());
        campaign.TryAdd("includeTargets", new JsonArray(new JsonObject
        {
            ["id"] = "all_users",
            ["targetType"] = "group",
            [Asked] = "microsoftAuthenticator",
        }));
    }

    /// <summary>Takes out what v1.0 does not have.</summary>
    public static void HideBeta(JsonObject policy) => (policy[Name]?[CampaignName] as JsonObject)?.Remove(BetaOnly);

    /// <summary>The property of a new value that cannot be taken; null when all can.</summary>
    public static string? Refuse(JsonNode? value, ApiVersion version)
    {
        if (value is not JsonObject enforcement || Foreign(enforcement, [CampaignName]) is not null)
        {
            return Name;
        }

        string[] known = ["snoozeDurationInDays", "state", "includeTargets", "excludeTargets", .. version == ApiVersion.V1 ? [] : new[] { BetaOnly }];
        if (enforcement[CampaignName] is not JsonObject campaign)
        {
            return CampaignName;
        }

        return Foreign(campaign, known)
            ?? (campaign.ContainsKey("state") && !States.Contains(campaign.Text("state"), StringComparer.Ordinal) ? "state" : null)
            ?? (campaign.ContainsKey("snoozeDurationInDays") && !IsSnooze(campaign["snoozeDurationInDays"]) ? "snoozeDurationInDays" : null)
            ?? (campaign.ContainsKey(BetaOnly) && campaign[BetaOnly]?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) ? BetaOnly : null)
            ?? (AreTargets(campaign, "includeTargets", ["id", "targetType", Asked]) ? null : "includeTargets")
            ?? (AreTargets(campaign, "excludeTargets", ["id", "targetType"]) ? null : "excludeTargets");
    }

    private static bool IsSnooze(JsonNode? value) => value is JsonValue number && number.TryGetValue<int>(out var days) && days is >= 0 and <= 14;

    private static bool AreTargets(JsonObject campaign, string name, string[] known) => !campaign.ContainsKey(name)
        || (campaign[name] is JsonArray targets && targets.All(item => item is JsonObject target
            && Foreign(target, known) is null
            && (target.Text("id") == "all_users" || Guid.TryParse(target.Text("id"), out _))
            && TargetTypes.Contains(target.Text("targetType"), StringComparer.Ordinal)
            && (!target.ContainsKey(Asked) || target.Text(Asked) is not null)));

    /// <summary>A member that the type does not have.</summary>
    private static string? Foreign(JsonObject value, string[] known) =>
        value.Select(static pair => pair.Key).FirstOrDefault(name => !name.StartsWith('@') && !known.Contains(name, StringComparer.Ordinal));
}
