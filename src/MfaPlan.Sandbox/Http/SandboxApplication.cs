using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Recording;
using MfaPlan.Sandbox.Tenant;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MfaPlan.Sandbox.Http;

/// <summary>What Kestrel calls for each request. It stands on the server alone: no host, no container, no signal
/// handlers.</summary>
internal sealed class SandboxApplication(
    TenantState tenant,
    Pipeline pipeline,
    Batch batch,
    Counters counters,
    Recorder? recorder) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var query = question < 0 ? string.Empty : target[(question + 1)..];
        if (path.StartsWith("/sandbox/", StringComparison.OrdinalIgnoreCase))
        {
            await OwnAsync(context, path);
            return;
        }

        var version = path.StartsWith("/v1.0/", StringComparison.OrdinalIgnoreCase) ? ApiVersion.V1
            : path.StartsWith("/beta/", StringComparison.OrdinalIgnoreCase) ? ApiVersion.Beta
            : ApiVersion.None;
        if (version == ApiVersion.None)
        {
            await SendAsync(
                context,
                GraphAnswer.Fail(404, "BadRequest", "Invalid version: use /v1.0/ or /beta/."),
                null);
            return;
        }

        counters.Request();
        var (body, problem) = await ReadBodyAsync(context);
        var request = new GraphRequest
        {
            Method = context.Request.Method,
            Version = version,
            Path = path[5..],
            Query = QueryOptions.Parse(query),
            Headers = context.Request.Headers.ToDictionary(
                static header => header.Key,
                static header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase),
            Body = body,
            BodyProblem = problem,
        };
        if (request.Method == "POST" && request.Path.Equals("/$batch", StringComparison.OrdinalIgnoreCase))
        {
            var (whole, parts) = await batch.ProcessAsync(request, context.RequestAborted);
            whole = pipeline.Complete(whole, request, pipeline.NextOrdinal());
            recorder?.Write(request, whole, parts);
            await SendAsync(context, whole, request);
            return;
        }

        var (answer, isDropped) = await pipeline.ProcessAsync(request, pipeline.NextOrdinal(), context.RequestAborted);
        recorder?.Write(request, answer, isDropped);
        if (isDropped)
        {
            context.Abort();
            return;
        }

        await SendAsync(context, answer, request);
    }

    private static async Task<(JsonNode? Body, string? Problem)> ReadBodyAsync(HttpContext context)
    {
        using var stream = new MemoryStream();
        await context.Request.Body.CopyToAsync(stream, context.RequestAborted);
        if (stream.Length == 0)
        {
            return (null, null);
        }

        try
        {
            var bytes = stream.GetBuffer().AsSpan(0, (int)stream.Length);
            return (JsonNode.Parse(bytes, documentOptions: Json.Strict), null);
        }
        catch (JsonException problem)
        {
            return (null, $"Unable to read JSON request payload: {problem.Message}");
        }
    }

    private async Task OwnAsync(HttpContext context, string path)
    {
        var answer = (context.Request.Method, path.TrimEnd('/').ToUpperInvariant()) switch
        {
            ("GET", "/SANDBOX/TENANT") => new() { Status = 200, Text = TenantFileWriter.Show(tenant) },
            ("GET", "/SANDBOX/CLOCK") => Clock(),
            ("GET", "/SANDBOX/COUNTERS") => GraphAnswer.Ok(
                JsonSerializer.SerializeToNode(counters.Now, JsonSerializerOptions.Web) ?? new JsonObject()),
            ("POST", "/SANDBOX/CLOCK/ADVANCE") => Advance((await ReadBodyAsync(context)).Body),
            ("POST", "/SANDBOX/SIGNINS") => AddSignIns((await ReadBodyAsync(context)).Body),
            _ => GraphAnswer.Fail(
                404,
                "NotFound",
                "The sandbox has GET tenant, GET clock, POST clock/advance, POST signIns and GET counters."),
        };
        await SendAsync(
            context,
            answer,
            null,
            path.EndsWith("tenant", StringComparison.OrdinalIgnoreCase) ? "application/json; charset=utf-8" : null);
    }

    private GraphAnswer Clock() => GraphAnswer.Ok(new JsonObject
    {
        ["utcNow"] = tenant.Now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    });

    private GraphAnswer Advance(JsonNode? body)
    {
        if ((body as JsonObject)?.Text("by") is not { } text || !TryDuration(text, out var by))
        {
            return GraphAnswer.BadRequest("Send {\"by\":\"1.00:00:00\"}, {\"by\":\"24:00:00\"} or {\"by\":\"PT24H\"}.");
        }

        tenant.Advance(by);
        return Clock();
    }

    /// <summary>Lets users sign in, so that a gate on fresh sign-ins can be rehearsed: one sign-in or an array of
    /// them.</summary>
    private GraphAnswer AddSignIns(JsonNode? body)
    {
        var given = body as JsonArray ?? new JsonArray(body?.DeepClone());
        var added = given.Select(static item => item?.DeepClone()).ToList();
        if (added.Exists(static item => item is not JsonObject signIn || signIn.Text("userId") is null))
        {
            return GraphAnswer.BadRequest("Send a sign-in, or an array of them, each with a userId.");
        }

        lock (tenant.Documents.Gate)
        {
            var all = tenant.Documents.Current(DocumentPaths.SignIns) is { } document
                ? JsonNode.Parse(document.GetRawText())!.AsArray()
                : [];
            foreach (var signIn in added.OfType<JsonObject>())
            {
                signIn.TryAdd("id", Ids.New("signIn", tenant.Now));
                signIn.TryAdd("createdDateTime", SandboxClock.Format(tenant.Now));
                all.Add(signIn);
            }

            tenant.Put(DocumentPaths.SignIns, Json.Element(all));
        }

        return GraphAnswer.NoContent();
    }

    /// <summary>Reads days, hours, minutes, seconds; more than 23 hours may be said as such.</summary>
    private static bool TryDuration(string text, out TimeSpan value)
    {
        if (text.StartsWith('P'))
        {
            try
            {
                value = XmlConvert.ToTimeSpan(text);
                return true;
            }
            catch (FormatException)
            {
                value = default;
                return false;
            }
        }

        var parts = text.Split(':');
        if (parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && hours > 23
            && TimeSpan.TryParseExact(
                "00:" + parts[1] + ":" + parts[2],
                "c",
                CultureInfo.InvariantCulture,
                out var rest))
        {
            value = TimeSpan.FromHours(hours) + rest;
            return true;
        }

        return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value);
    }

    private async Task SendAsync(
        HttpContext context,
        GraphAnswer answer,
        GraphRequest? request,
        string? contentType = null)
    {
        if (request is null)
        {
            answer = pipeline.Complete(
                answer,
                new()
                {
                    Method = context.Request.Method,
                    Version = ApiVersion.V1,
                    Path = "/",
                    Query = QueryOptions.Parse(string.Empty),
                    Headers = new Dictionary<string, string>(StringComparer.Ordinal),
                },
                0);
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Body is null && answer.Text is null)
        {
            return;
        }

        context.Response.ContentType = contentType
            ?? (answer.Body is null ? "text/plain" : "application/json; charset=utf-8");
        var bytes = answer.Body is { } body
            ? System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())
            : System.Text.Encoding.UTF8.GetBytes(answer.Text ?? string.Empty);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
