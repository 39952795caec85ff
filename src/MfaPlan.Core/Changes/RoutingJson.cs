using System.Text.Json;
using MfaPlan.Core.Tenants;
using static MfaPlan.Core.Changes.JsonMembers;

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
                WriteIf(json, "undo", !enable.After);
                break;
            case Change.AttachGroup attach:
                WriteIf(json, "undo", !attach.After);
                break;
            case Change.RouteUser route:
                json.WriteString("group", route.Group);
                WriteIf(json, "undo", !route.After);
                break;
            case Change.SetFederatedMfa set:
                json.WriteString("configuration", set.Before.Id);
                WriteIf(json, "before", set.Before.MfaBehavior);
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
        var rule = TextOf(change, "rule");
        return id switch
        {
            "rollout.policy" => new Change.CreateRollout(TextOf(change, "name"), rule),
            "rollout.enabled" => new Change.EnableRollout(after, rule),
            Change.RouteId => new Change.RouteUser(change.GetProperty("group").GetGuid(), after, rule),
            "federation.mfaBehavior" => new Change.SetFederatedMfa(
                new FederationSettings(
                    TextOf(change, "configuration"),
                    TextOrNull(change, "before"),
                    TextOf(change, "image")),
                TextOf(change, "after"),
                rule),
            _ when id.StartsWith(Change.RolloutGroupPrefix, StringComparison.Ordinal) =>
                new Change.AttachGroup(Guid.ParseExact(id.AsSpan(Change.RolloutGroupPrefix.Length), "D"), after, rule),
            _ => null,
        };
    }
}
