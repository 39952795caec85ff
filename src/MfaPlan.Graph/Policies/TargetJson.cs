using System.Text.Json.Nodes;
using MfaPlan.Core.Tenants;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Serialization.Json;

namespace MfaPlan.Graph.Policies;

/// <summary>
/// Targets of a configuration, there and back. Targets are replaced as a whole, so what is not understood of one (authenticationMode,
/// isRegistrationRequired, what will be added) is kept as it came.
/// </summary>
internal static class TargetJson
{
    /// <summary>The type is told by the collection that a target stands in; the SDK adds it unasked.</summary>
    private static readonly string[] Understood = ["@odata.type", "id", "targetType", "isUsableForSignIn"];

    /// <summary>What a target says beyond what is understood, sorted, as <see cref="MethodTarget.Others"/>.</summary>
    public static string? OthersOf(AuthenticationMethodTarget target)
    {
        using var writer = new JsonSerializationWriter();
        writer.WriteObjectValue(null, target);
        using var content = writer.GetSerializedContent();
        var others = new JsonObject();
        var members = JsonNode.Parse(content)?.AsObject() ?? [];
        foreach (var (name, value) in members.OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            if (value is not null && !Understood.Contains(name, StringComparer.Ordinal))
            {
                others[name] = value.DeepClone();
            }
        }

        return others.Count == 0 ? null : others.ToJsonString();
    }

    /// <summary>The target as it is written.</summary>
    /// <param name="target">The target.</param>
    /// <param name="method">Whose; only text messages have a sign-in.</param>
    public static JsonObject Of(MethodTarget target, MethodKind method)
    {
        var json = target.Others is { } others ? JsonNode.Parse(others)!.AsObject() : [];
        json["targetType"] = target.IsUser ? "user" : "group";
        json["id"] = target.Id?.ToString("D") ?? "all_users";
        if (method == MethodKind.Sms)
        {
            json["isUsableForSignIn"] = target.UsableForSignIn;
        }

        return json;
    }
}
