using System.Text.Json;
using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>A method that the sandbox keeps as it was given: everything but phones.</summary>
/// <param name="Collection">Graph's name of the collection, such as <c>fido2Methods</c>.</param>
/// <param name="Id">The method's id, unique within the user.</param>
/// <param name="Json">The object as UTF-8 JSON.</param>
internal sealed record MethodRecord(string Collection, string Id, byte[] Json)
{
    public JsonElement Element => JsonElement.Parse(Json);

    public JsonObject ToNode() => JsonNode.Parse(Json)!.AsObject();
}
