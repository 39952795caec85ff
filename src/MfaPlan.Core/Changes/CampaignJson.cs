using System.Text.Json;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Changes;

/// <summary>The registration campaign in a change set. It names groups and users by object id, so nothing of it is personal data.</summary>
internal static class CampaignJson
{
    /// <summary>Writes a campaign as a property.</summary>
    public static void Write(Utf8JsonWriter json, string property, RegistrationCampaign campaign)
    {
        json.WriteStartObject(property);
        json.WriteString("state", Word(campaign.State));
        if (campaign.SnoozeDays is { } days)
        {
            json.WriteNumber("snoozeDays", days);
        }

        ConfigurationJson.Write(json, "include", campaign.Include);
        ConfigurationJson.Write(json, "exclude", campaign.Exclude);
        if (campaign.Others is { } others)
        {
            json.WriteString("others", others);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a campaign.</summary>
    /// <exception cref="FormatException">Its state is none that this version knows.</exception>
    public static RegistrationCampaign Read(JsonElement element) => new(
        element.GetProperty("state").GetString() switch
        {
            "default" => CampaignState.MicrosoftManaged,
            "enabled" => CampaignState.Enabled,
            "disabled" => CampaignState.Disabled,
            var other => throw new FormatException($"This version knows no state \"{other}\" of a registration campaign."),
        },
        element.TryGetProperty("snoozeDays", out var days) ? days.GetInt32() : null,
        ConfigurationJson.Targets(element.GetProperty("include")),
        ConfigurationJson.Targets(element.GetProperty("exclude")))
    {
        Others = element.TryGetProperty("others", out var others) ? others.GetString() : null,
    };

    private static string Word(CampaignState state) => state switch
    {
        CampaignState.Enabled => "enabled",
        CampaignState.Disabled => "disabled",
        _ => "default",
    };
}
