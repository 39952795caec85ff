using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Changes;

/// <summary>A configuration of the methods policy in a change set. It names groups and users by object id, so nothing of it is personal data.</summary>
internal static class ConfigurationJson
{
    private const string Everybody = "all_users";

    /// <summary>Writes a configuration as a property.</summary>
    public static void Write(Utf8JsonWriter json, string property, MethodConfiguration configuration)
    {
        json.WriteStartObject(property);
        json.WriteBoolean("on", configuration.Enabled);
        Write(json, "include", configuration.Include);
        Write(json, "exclude", configuration.Exclude);
        if (!configuration.OfficePhoneAllowed)
        {
            json.WriteBoolean("officePhone", value: false);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a configuration.</summary>
    public static MethodConfiguration Read(JsonElement element) => new(
        element.GetProperty("on").GetBoolean(),
        Targets(element.GetProperty("include")),
        Targets(element.GetProperty("exclude")),
        !element.TryGetProperty("officePhone", out _));

    /// <summary>Writes targets as a property.</summary>
    public static void Write(Utf8JsonWriter json, string property, ImmutableArray<MethodTarget> targets)
    {
        json.WriteStartArray(property);
        foreach (var target in targets)
        {
            json.WriteStartObject();
            json.WriteString("id", target.Id?.ToString("D") ?? Everybody);
            if (target.IsUser)
            {
                json.WriteBoolean("user", value: true);
            }

            if (target.UsableForSignIn)
            {
                json.WriteBoolean("signIn", value: true);
            }

            if (target.Asks is { } asks)
            {
                json.WriteString("asks", asks);
            }

            if (target.Others is { } others)
            {
                json.WriteString("others", others);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads targets.</summary>
    public static ImmutableArray<MethodTarget> Targets(JsonElement targets) => [.. targets.EnumerateArray().Select(static target =>
        new MethodTarget(
            target.GetProperty("id").GetString() == Everybody ? null : target.GetProperty("id").GetGuid(),
            target.TryGetProperty("user", out _),
            target.TryGetProperty("signIn", out _))
        {
            Asks = target.TryGetProperty("asks", out var asks) ? asks.GetString() : null,
            Others = target.TryGetProperty("others", out var others) ? others.GetString() : null,
        })];
}
