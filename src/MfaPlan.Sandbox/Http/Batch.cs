using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Faults;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Http;

/// <summary>Answers <c>$batch</c>: up to 20 requests, at once where nothing depends, in no promised order (graph-api.md
/// 9.1).</summary>
internal sealed class Batch(TenantState tenant, Pipeline pipeline, Counters counters)
{
    private const int MaxParts = 20;

    /// <summary>The answer of the batch and its parts; a malformed batch has none.</summary>
    public async Task<(GraphAnswer Answer, IReadOnlyList<BatchPart> Parts)> ProcessAsync(
        GraphRequest batch,
        CancellationToken cancellationToken)
    {
        var (parts, problem) = Parse(batch);
        if (problem is not null)
        {
            return (GraphAnswer.BadRequest(problem), []);
        }

        var tasks = new Dictionary<string, Task>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in InOrder(parts))
        {
            counters.BatchPart();
            var before = part.DependsOn.Select(id => tasks[id]).ToList();
            tasks[part.Id] = RunAsync(part, parts, before, cancellationToken);
        }

        await Task.WhenAll(tasks.Values);
        var responses = parts
            .OrderBy(part => Chance.Draw(tenant.Faults.Seed, part.Ordinal, Chance.BatchOrder))
            .Select(static part => (JsonNode)part.ToJson())
            .ToArray();
        return (GraphAnswer.Ok(new JsonObject { ["responses"] = new JsonArray(responses) }), parts);
    }

    private async Task RunAsync(
        BatchPart part,
        IReadOnlyList<BatchPart> all,
        List<Task> before,
        CancellationToken cancellationToken)
    {
        await Task.WhenAll(before);
        var failed = all.Any(other => part.DependsOn.Contains(other.Id, StringComparer.OrdinalIgnoreCase)
            && other.Answer is not { Status: < 400 });
        if (failed)
        {
            part.Answer = pipeline.Complete(
                OurChoices.DependencyFailed(),
                part.Request,
                part.Ordinal);
            return;
        }

        (part.Answer, part.IsDropped) = await pipeline.ProcessAsync(part.Request, part.Ordinal, cancellationToken);
    }

    private (IReadOnlyList<BatchPart> Parts, string? Problem) Parse(GraphRequest batch)
    {
        if (batch.BodyObject?["requests"] is not JsonArray items || items.Count == 0)
        {
            return ([], "The batch needs an array 'requests'.");
        }

        if (items.Count > MaxParts)
        {
            return ([], $"Number of batch request steps exceeds the maximum value of {MaxParts}.");
        }

        var parts = new List<BatchPart>(items.Count);
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            if (item is not JsonObject node
                || node.Text("id") is not { Length: > 0 } id
                || node.Text("method") is not { } method
                || node.Text("url") is not { Length: > 0 } url)
            {
                return ([], "Each request of a batch needs id, method and url.");
            }

            if (!ids.Add(id))
            {
                return ([], $"Request Id : {id} is not unique.");
            }

            if (node["body"] is not null && !Headers(node).ContainsKey("Content-Type"))
            {
                return ([], $"Request Id : {id} has a body and no Content-Type.");
            }

            parts.Add(Part(batch, node, id, method, url));
        }

        var unknown = parts.SelectMany(static part => part.DependsOn).FirstOrDefault(id => !ids.Contains(id));
        return unknown is not null
            ? ([], $"dependsOn names the request {unknown}, which is not in the batch.")
            : InOrder(parts).Count < parts.Count ? ([], "dependsOn goes round in a circle.") : (parts, null);
    }

    private BatchPart Part(GraphRequest batch, JsonObject node, string id, string method, string url)
    {
        var question = url.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? url : url[..question];
        return new()
        {
            Id = id,
            Ordinal = pipeline.NextOrdinal(),
            DependsOn = node["dependsOn"] is JsonArray before
                ? [.. before.Select(static value => value?.ToString() ?? string.Empty)]
                : [],
            Request = new()
            {
                Method = method.ToUpperInvariant(),
                Version = batch.Version,
                Path = path.StartsWith('/') ? path : "/" + path,
                Query = QueryOptions.Parse(question < 0 ? string.Empty : url[(question + 1)..]),
                Headers = Headers(node),
                Body = node["body"]?.DeepClone(),
                InBatch = true,
            },
        };
    }

    private static Dictionary<string, string> Headers(JsonObject node)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in node["headers"] as JsonObject ?? [])
        {
            headers[name] = value?.ToString() ?? string.Empty;
        }

        return headers;
    }

    /// <summary>The parts, each after those it depends on; parts of a circle are left out.</summary>
    private static List<BatchPart> InOrder(IReadOnlyList<BatchPart> parts)
    {
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var ordered = new List<BatchPart>(parts.Count);
        var open = parts.ToList();
        while (open.FindIndex(part => part.DependsOn.All(done.Contains)) is var next and >= 0)
        {
            ordered.Add(open[next]);
            done.Add(open[next].Id);
            open.RemoveAt(next);
        }

        return ordered;
    }
}
