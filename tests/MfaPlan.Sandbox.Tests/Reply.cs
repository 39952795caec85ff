using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tests;

/// <summary>An answer as a client sees it.</summary>
internal sealed record Reply(int Status, JsonNode? Json, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public string? Code => (string?)Json?["error"]?["code"];

    public JsonArray Value => Json!["value"]!.AsArray();

    public void ShouldBe(int status) => Status.ShouldBe(status, Text);
}
