using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaPlan.Graph.Recording;

/// <summary>One request and its answer.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">With its version.</param>
/// <param name="Query">With its question mark; empty where there is none.</param>
/// <param name="Status">0 when no answer came.</param>
/// <param name="Request">The body sent.</param>
/// <param name="Response">The body received.</param>
internal sealed record RecordedExchange(string Method, string Path, string Query, int Status, JsonElement? Request, JsonElement? Response)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The parts of a batch, in the order they were asked.</summary>
    public static IEnumerable<RecordedExchange> PartsOf(RecordedExchange batch, string version)
    {
        var answers = Items(batch.Response, "responses").GroupBy(Id, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static group => group.Key, static group => group.First(), StringComparer.OrdinalIgnoreCase);
        foreach (var part in Items(batch.Request, "requests"))
        {
            JsonElement? answer = answers.TryGetValue(Id(part), out var found) ? found : null;
            var url = Text(part, "url");
            var query = url.IndexOf('?', StringComparison.Ordinal);
            yield return new RecordedExchange(
                Text(part, "method"),
                version + (query < 0 ? url : url[..query]),
                query < 0 ? "" : url[query..],
                answer is { } some && some.TryGetProperty("status", out var status) && status.TryGetInt32(out var number) ? number : 0,
                Member(part, "body"),
                answer is { } other ? Member(other, "body") : null);
        }
    }

    /// <summary>The line, masked.</summary>
    /// <param name="number">Counts the lines, from 1.</param>
    /// <param name="batch">The line of the batch that this is a part of.</param>
    public string ToText(long number, long? batch)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("n", number);
            if (batch is { } line)
            {
                json.WriteNumber("batch", line);
            }

            json.WriteString("method", Method);
            json.WriteString("path", Path);
            json.WriteString("query", Query);
            json.WriteNumber("status", Status);
            WriteBody(json, "request", Request);
            WriteBody(json, "response", Response);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteBody(Utf8JsonWriter json, string name, JsonElement? body)
    {
        json.WritePropertyName(name);
        if (body is { } some)
        {
            RecordingMask.Write(json, "", some);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement? body, string name) =>
        body is { } some && Member(some, name) is { ValueKind: JsonValueKind.Array } items
            ? items.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object)
            : [];

    private static JsonElement? Member(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var member) ? member : null;

    private static string Id(JsonElement item) => Text(item, "id");

    private static string Text(JsonElement item, string name) =>
        Member(item, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? "" : "";
}
