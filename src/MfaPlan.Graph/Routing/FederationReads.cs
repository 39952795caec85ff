using System.Text.Json.Nodes;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Routing;

/// <summary>Reads the federation of a domain, the whole object.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/domain-list-federationconfiguration"/>
internal sealed class FederationReads(GraphConnection graph)
{
    /// <summary>The path of a domain's federation.</summary>
    public static string PathOf(string domain) => $"/v1.0/domains/{Uri.EscapeDataString(domain)}/federationConfiguration";

    /// <summary>The federation; null where the domain has none, which the service says with 404.</summary>
    /// <exception cref="ReadFailedException">It could not be read, or the domain has several.</exception>
    public async Task<FederationSettings?> ReadAsync(string domain, CancellationToken cancellationToken)
    {
        JsonObject page;
        try
        {
            page = await graph.GetAsync(graph.At(PathOf(domain)), GraphJson.Default.JsonObject, cancellationToken, wholeEnums: true);
        }
        catch (ReadFailedException failure) when (failure.Is("Request_ResourceNotFound") || failure.Is("Directory_ObjectNotFound"))
        {
            return null;
        }

        return page["value"] switch
        {
            JsonArray { Count: 0 } => null,
            JsonArray { Count: 1 } rows when rows[0] is JsonObject row => Of(row),
            _ => throw new ReadFailedException("UnknownFederation", 0),
        };
    }

    private static FederationSettings Of(JsonObject row)
    {
        var id = TextOf(row["id"]) ?? throw new ReadFailedException("FederationPropertiesHidden", 0);
        var behavior = row["federatedIdpMfaBehavior"];
        if (behavior is not null && TextOf(behavior) is null or "unknownFutureValue")
        {
            throw new ReadFailedException("UnknownMfaBehavior", 0);
        }

        var sorted = new JsonObject(row
            .Where(static member => !member.Key.StartsWith('@'))
            .OrderBy(static member => member.Key, StringComparer.Ordinal)
            .Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return new FederationSettings(id, TextOf(behavior), sorted.ToJsonString());
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
