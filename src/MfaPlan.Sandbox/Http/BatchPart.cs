using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Http;

/// <summary>An item of a batch, and what became of it.</summary>
internal sealed class BatchPart
{
    public required string Id { get; init; }

    public required GraphRequest Request { get; init; }

    public required IReadOnlyList<string> DependsOn { get; init; }

    public required long Ordinal { get; init; }

    public GraphAnswer? Answer { get; set; }

    public bool IsDropped { get; set; }

    public JsonObject ToJson()
    {
        var headers = new JsonObject();
        foreach (var (name, value) in Answer?.Headers ?? [])
        {
            if (!name.Equals("Date", StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = value;
            }
        }

        if (Answer?.Body is not null)
        {
            headers["Content-Type"] = "application/json";
        }

        var node = new JsonObject { ["id"] = Id, ["status"] = Answer?.Status ?? 500, ["headers"] = headers };
        if (Answer?.Body is { } body)
        {
            node["body"] = body.DeepClone();
        }
        else if (Answer?.Text is { } text)
        {
            node["body"] = text;
        }

        return node;
    }
}
