using System.Text.Json;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Changes;

/// <summary>The changes of waves and cut-over as JSON, format 1: of the rollout, its groups and members, and of a domain's federation. No personal data.</summary>
internal static class RoutingJson
{
    /// <summary>Writes the members between id and rule.</summary>
    /// <exception cref="ArgumentException">The change is of another kind.</exception>
    public static void Write(Utf8JsonWriter json, Change change)
    {
        switch (change)
        {
            case Change.CreateRollout create:
                json.WriteString("name", create.DisplayName);
                break;
            case Change.EnableRollout enable:
                WriteUndo(json, enable.After);
                break;
            case Change.AttachGroup attach:
                WriteUndo(json, attach.After);
                break;
            case Change.RouteUser route:
                json.WriteString("group", route.Group);
                WriteUndo(json, route.After);
                break;
            case Change.SetFederatedMfa set:
                json.WriteString("configuration", set.Before.Id);
                if (set.Before.MfaBehavior is { } before)
                {
                    json.WriteString("before", before);
                }

                json.WriteString("after", set.After);
                json.WriteString("image", set.Before.Image);
                break;
            default:
                throw new ArgumentException($"A change of the kind {change.Kind} has no form here.", nameof(change));
        }
    }

    /// <summary>Reads a change; null where the id is of another kind.</summary>
    /// <exception cref="FormatException">A member is missing or null.</exception>
    public static Change? Read(string id, JsonElement change)
    {
        var after = !change.TryGetProperty("undo", out _);
        var rule = Text(change, "rule");
        return id switch
        {
            "rollout.policy" => new Change.CreateRollout(Text(change, "name"), rule),
            "rollout.enabled" => new Change.EnableRollout(after, rule),
            Change.RouteId => new Change.RouteUser(change.GetProperty("group").GetGuid(), after, rule),
            "federation.mfaBehavior" => new Change.SetFederatedMfa(
                new FederationSettings(
                    Text(change, "configuration"),
                    change.TryGetProperty("before", out var before) ? before.GetString() : null,
                    Text(change, "image")),
                Text(change, "after"),
                rule),
            _ when id.StartsWith(Change.RolloutGroupPrefix, StringComparison.Ordinal) =>
                new Change.AttachGroup(Guid.ParseExact(id.AsSpan(Change.RolloutGroupPrefix.Length), "D"), after, rule),
            _ => null,
        };
    }

    private static void WriteUndo(Utf8JsonWriter json, bool after)
    {
        if (!after)
        {
            json.WriteBoolean("undo", true);
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"\"{name}\" is null.");
}
