using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Http;

/// <summary>Shows of an object what <c>$select</c> asks for.</summary>
internal static class Projection
{
    /// <summary>The named properties, null where the object has none; annotations stay.</summary>
    public static JsonObject Of(JsonElement item, IReadOnlyList<string> names)
    {
        var node = new JsonObject();
        foreach (var name in names)
        {
            node[name] = item.TryGetProperty(name, out var value) ? Json.Node(value) : null;
        }

        return node;
    }

    /// <summary>The refusal of a <c>$select</c> that names what the type does not have.</summary>
    public static GraphAnswer? Refuse(GraphRequest request, IReadOnlySet<string> known, string type) =>
        request.Query.Select?.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? GraphAnswer.BadRequest($"Could not find a property named '{unknown}' on type 'microsoft.graph.{type}'.")
            : null;

    /// <summary>The whole object, or the selected properties.</summary>
    public static JsonObject Of(JsonElement item, GraphRequest request) =>
        request.Query.Select is { } names ? Of(item, names) : JsonObject.Create(item) ?? [];

    /// <summary>Reduces a node to what the request selects.</summary>
    public static JsonObject Select(JsonObject node, GraphRequest request)
    {
        if (request.Query.Select is { } names)
        {
            foreach (var name in node
                .Select(static pair => pair.Key)
                .Where(key => key[0] != '@' && !names.Contains(key, StringComparer.Ordinal))
                .ToList())
            {
                node.Remove(name);
            }
        }

        return node;
    }
}
