using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Queries;

namespace MfaPlan.Sandbox.Http;

/// <summary>One request to Graph, sent alone or as an item of a <c>$batch</c>.</summary>
internal sealed class GraphRequest
{
    public required string Method { get; init; }

    public required ApiVersion Version { get; init; }

    /// <summary>The path after the version, as sent, starting with a slash.</summary>
    public required string Path { get; init; }

    public required QueryOptions Query { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>What is wrong with the body, if it is no JSON.</summary>
    public string? BodyProblem { get; init; }

    public bool InBatch { get; init; }

    /// <summary>Values taken from the path by the route's pattern.</summary>
    public IReadOnlyDictionary<string, string> Values { get; set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    public string VersionName => Version == ApiVersion.V1 ? "v1.0" : "beta";

    public bool IsEventual =>
        Headers.TryGetValue("ConsistencyLevel", out var level)
        && level.Equals("eventual", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the advanced queries of the directory are open: header and <c>$count=true</c>.</summary>
    public bool IsAdvanced => IsEventual && Query.Count;

    /// <summary>Whether members after <c>unknownFutureValue</c> may be shown.</summary>
    public bool IncludesUnknownEnumMembers =>
        Headers.TryGetValue("Prefer", out var prefer)
        && prefer.Contains("include-unknown-enum-members", StringComparison.OrdinalIgnoreCase);

    public JsonObject? BodyObject => Body as JsonObject;

    public string this[string name] => Values[name];
}
