using System.Text.Json;

namespace MfaPlan.Sandbox.Generating;

/// <summary>
/// What the tenant of a company has that goes the whole road: a methods policy that is still narrow, a Conditional Access policy that
/// demands MFA of all but the break-glass accounts, and the clock.
/// </summary>
internal static class RolloutSections
{
    private static readonly (string Id, bool Enabled)[] Methods =
        [("MicrosoftAuthenticator", true), ("Fido2", true), ("Sms", false), ("Voice", false), ("HardwareOath", false)];

    public static void Write(Utf8JsonWriter json, Guid accessPolicy, IEnumerable<Guid> breakGlass)
    {
        WriteMethodsPolicy(json);
        WriteAccessPolicy(json, accessPolicy, breakGlass);
        json.WriteStartObject("sandbox");
        json.WriteString("startsAt", RolloutCast.StartsAt);
        json.WriteEndObject();
    }

    private static void WriteMethodsPolicy(Utf8JsonWriter json)
    {
        json.WriteStartObject("policies");
        json.WriteStartObject("authenticationMethodsPolicy");
        json.WriteString("policyMigrationState", "migrationInProgress");
        json.WriteStartArray("authenticationMethodConfigurations");
        foreach (var (id, enabled) in Methods)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("state", enabled ? "enabled" : "disabled");
            json.WriteStartArray("includeTargets");
            if (enabled)
            {
                json.WriteStartObject();
                json.WriteString("targetType", "group");
                json.WriteString("id", "all_users");
                json.WriteBoolean("isRegistrationRequired", false);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAccessPolicy(Utf8JsonWriter json, Guid id, IEnumerable<Guid> breakGlass)
    {
        json.WriteStartObject("identity");
        json.WriteStartObject("conditionalAccess");
        json.WriteStartArray("policies");
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("displayName", "MFA for all");
        json.WriteString("state", "enabled");
        json.WriteStartObject("conditions");
        json.WriteStartObject("users");
        WriteTexts(json, "includeUsers", ["All"]);
        WriteTexts(json, "excludeUsers", breakGlass.Select(static one => one.ToString("D")));
        json.WriteEndObject();
        json.WriteStartObject("applications");
        WriteTexts(json, "includeApplications", ["All"]);
        json.WriteEndObject();
        WriteTexts(json, "clientAppTypes", ["all"]);
        json.WriteEndObject();
        json.WriteStartObject("grantControls");
        json.WriteString("operator", "OR");
        WriteTexts(json, "builtInControls", ["mfa"]);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
