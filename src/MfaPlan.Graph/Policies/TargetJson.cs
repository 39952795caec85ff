using System.Text.Json.Nodes;
using MfaPlan.Core.Tenants;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Serialization.Json;

namespace MfaPlan.Graph.Policies;

/// <summary>
/// Targets of a configuration and of the registration campaign, there and back. Targets are replaced as a whole, so what is not understood of one (authenticationMode,
/// isRegistrationRequired, what will be added) is kept as it came.
/// </summary>
internal static class TargetJson
{
    /// <summary>The member of a campaign's target that names the method.</summary>
    public const string Asks = "targetedAuthenticationMethod";

    /// <summary>The type is told by the collection that a target stands in; the SDK adds it unasked.</summary>
    private static readonly string[] Understood = ["@odata.type", "id", "targetType", "isUsableForSignIn"];

    private static readonly string[] UnderstoodOfCampaign = ["@odata.type", "id", "targetType", Asks];

    /// <summary>What a target says beyond what is understood, sorted, as <see cref="MethodTarget.Others"/>.</summary>
    public static string? OthersOf(AuthenticationMethodTarget target)
    {
        using var writer = new JsonSerializationWriter();
        writer.WriteObjectValue(null, target);
        using var content = writer.GetSerializedContent();
        return OthersOf(JsonNode.Parse(content)?.AsObject() ?? [], Understood);
    }

    /// <summary>As of a configuration's target.</summary>
    public static string? OthersOfCampaign(JsonObject target) => OthersOf(target, UnderstoodOfCampaign);

    private static string? OthersOf(JsonObject target, string[] understood)
    {
        var others = Sorted(target);
        foreach (var name in understood)
        {
            others.Remove(name);
        }

        return others.Count == 0 ? null : others.ToJsonString();
    }

    /// <summary>An object's members by name, those without a value left out.</summary>
    public static JsonObject Sorted(JsonObject members)
    {
        var sorted = new JsonObject();
        foreach (var (name, value) in members.OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            if (value is not null)
            {
                sorted[name] = value.DeepClone();
            }
        }

        return sorted;
    }

    /// <summary>The target of a campaign as it is written.</summary>
    public static JsonObject OfCampaign(MethodTarget target)
    {
        var json = Of(target, MethodKind.Authenticator);
        if (target.Asks is { } method)
        {
            json[Asks] = method;
        }

        return json;
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
