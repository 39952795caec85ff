using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MfaPlan.Graph.Tests;

/// <summary>A service that answers by a function, takes batches apart and answers their parts backwards, and remembers what it was asked.</summary>
public sealed class FakeGraph(Func<Asked, Answer> respond) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<Asked> _requests = [];
    private readonly List<Asked> _parts = [];
    private int _inFlight;

    /// <summary>The Date header of every answer.</summary>
    public DateTimeOffset? Date { get; set; }

    /// <summary>Runs before a request is answered; may wait or throw.</summary>
    public Func<Asked, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Changes the answers of a batch before they are sent.</summary>
    public Action<JsonArray> Batch { get; set; } = static _ => { };

    public int MostInFlight { get; private set; }

    /// <summary>The requests as they came, batches whole.</summary>
    public IReadOnlyList<Asked> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The parts of batches, in the order asked.</summary>
    public IReadOnlyList<Asked> Parts
    {
        get
        {
            lock (_lock)
            {
                return [.. _parts];
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = new Asked(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            Uri.UnescapeDataString(request.RequestUri.Query),
            request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null,
            request.Headers.ToDictionary(static header => header.Key, static header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase))
        {
            Address = request.RequestUri,
        };
        lock (_lock)
        {
            _requests.Add(asked);
            _inFlight++;
            MostInFlight = Math.Max(MostInFlight, _inFlight);
        }

        try
        {
            await Before(asked, cancellationToken);
            return Message(asked.Path.EndsWith("/$batch", StringComparison.Ordinal) ? AnswerBatch(asked) : respond(asked));
        }
        finally
        {
            lock (_lock)
            {
                _inFlight--;
            }
        }
    }

    private Answer AnswerBatch(Asked batch)
    {
        // A test may refuse the batch itself.
        if (respond(batch) is { Status: not 404 } whole)
        {
            return whole;
        }

        var answers = new JsonArray();
        foreach (var part in JsonNode.Parse(batch.Body!)!["requests"]!.AsArray())
        {
            var address = new Uri(new Uri("http://fake"), batch.Path.Replace("/$batch", "", StringComparison.Ordinal) + (string)part!["url"]!);
            var asked = new Asked((string)part["method"]!, address.AbsolutePath, address.Query, null, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
            lock (_lock)
            {
                _parts.Add(asked);
            }

            var answer = respond(asked);
            answers.Insert(0, new JsonObject
            {
                ["id"] = (string)part["id"]!,
                ["status"] = answer.Status,
                ["headers"] = new JsonObject(answer.Headers.Select(static header => KeyValuePair.Create<string, JsonNode?>(header.Key, header.Value))),
                ["body"] = answer.Body is null ? null : JsonNode.Parse(answer.Body),
            });
        }

        Batch(answers);
        return new Answer(200, new JsonObject { ["responses"] = answers }.ToJsonString());
    }

    private HttpResponseMessage Message(Answer answer)
    {
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            Content = new StringContent(answer.Body ?? "", Encoding.UTF8, "application/json"),
        };
        message.Headers.Date = Date;
        message.Headers.TryAddWithoutValidation("request-id", "req-" + answer.Status.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in answer.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}

/// <summary>A request that the fake got; the query is unescaped.</summary>
public sealed record Asked(string Method, string Path, string Query, string? Body, IReadOnlyDictionary<string, string> Headers)
{
    public Uri? Address { get; init; }

    public JsonElement Json => JsonDocument.Parse(Body!).RootElement;
}

/// <summary>An answer of the fake.</summary>
public sealed record Answer(int Status, string? Body = null)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static Answer NotFound => Error(404, "Request_ResourceNotFound");

    public static Answer Ok(string body) => new(200, body);

    public static Answer Error(int status, string code) => new(status, $$$"""{"error":{"code":"{{{code}}}","message":"m"}}""");

    public static Answer Throttle(string? seconds = "2")
    {
        var answer = Error(429, "TooManyRequests");
        return seconds is null ? answer : answer.With("Retry-After", seconds);
    }

    public Answer With(string header, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers, StringComparer.Ordinal) { [header] = value } };
}
