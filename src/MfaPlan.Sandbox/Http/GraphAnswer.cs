using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Http;

/// <summary>What a route answers, before the pipeline adds ids and headers.</summary>
internal sealed class GraphAnswer
{
    public required int Status { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>A plain text body, for <c>/$count</c>.</summary>
    public string? Text { get; init; }

    public (string Code, string Message)? Error { get; init; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static GraphAnswer Ok(JsonNode body) => new() { Status = 200, Body = body };

    public static GraphAnswer Created(JsonNode body) => new() { Status = 201, Body = body };

    public static GraphAnswer NoContent() => new() { Status = 204 };

    public static GraphAnswer Count(int count) =>
        new() { Status = 200, Text = count.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    public static GraphAnswer Fail(int status, string code, string message) =>
        new() { Status = status, Error = (code, message) };

    public static GraphAnswer BadRequest(string message) => Fail(400, "Request_BadRequest", message);

    public static GraphAnswer Unsupported(string message) => Fail(400, "Request_UnsupportedQuery", message);

    public static GraphAnswer NotFound(string id) => Fail(
        404,
        "Request_ResourceNotFound",
        $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");
}
