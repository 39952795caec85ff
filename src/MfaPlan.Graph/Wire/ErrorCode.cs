using System.Globalization;
using System.Text.Json;

namespace MfaPlan.Graph.Wire;

/// <summary>Finds the code in an error answer: the deepest one, as the service's own guidance says.</summary>
internal static class ErrorCode
{
    private const int Deepest = 16;

    /// <summary>The code of an answer whose body is buffered, or <c>HTTP</c> and the status.</summary>
    public static string Of(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        try
        {
            using var body = JsonDocument.Parse(response.Content.ReadAsStream());
            var root = body.RootElement;
            return Of(root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var error) ? error : null, status);
        }
        catch (JsonException)
        {
            return OfStatus(status);
        }
    }

    /// <summary>The code in an error object, or <c>HTTP</c> and the status.</summary>
    public static string Of(JsonElement? error, int status) => (error is { } some ? Deeper(some, Deepest) : null) ?? OfStatus(status);

    private static string OfStatus(int status) => string.Create(CultureInfo.InvariantCulture, $"HTTP{status}");

    private static string? Deeper(JsonElement error, int depth)
    {
        if (error.ValueKind != JsonValueKind.Object || depth == 0)
        {
            return null;
        }

        // The service writes innerError and, in places, innererror.
        return Inner(error, "innerError", depth) ?? Inner(error, "innererror", depth) ?? Own(error);
    }

    private static string? Own(JsonElement error) =>
        error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String && code.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static string? Inner(JsonElement error, string name, int depth) =>
        error.TryGetProperty(name, out var inner) ? Deeper(inner, depth - 1) : null;
}
