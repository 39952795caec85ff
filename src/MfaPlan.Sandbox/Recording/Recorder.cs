using System.Text;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Recording;

/// <summary>Appends requests and answers as JSON lines, masked, flushed line by line.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly FileStream _stream;
    private readonly Lock _gate = new();
    private long _lines;

    public Recorder(string path)
    {
        _lines = File.Exists(path) ? File.ReadLines(path).LongCount() : 0;
        _stream = PrivateFile.Open(path, FileMode.Append);
    }

    /// <summary>One request with its answer; status 0 where the answer was withheld.</summary>
    public void Write(GraphRequest request, GraphAnswer answer, bool isDropped)
    {
        lock (_gate)
        {
            Append(Line(request, isDropped ? 0 : answer.Status, request.Body, isDropped ? null : answer.Body));
        }
    }

    /// <summary>A batch: its own line, then one for each part, which names the batch's line and its item id.</summary>
    public void Write(GraphRequest batch, GraphAnswer answer, IReadOnlyList<BatchPart> parts)
    {
        lock (_gate)
        {
            Append(Line(batch, answer.Status, null, parts.Count == 0 ? answer.Body : null));
            var number = _lines;
            foreach (var part in parts)
            {
                var line = Line(part.Request, part.Answer?.Status ?? 0, part.Request.Body, part.Answer?.Body);
                line["batch"] = number;
                line["item"] = part.Id;
                Append(line);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stream.Dispose();
        }
    }

    private static JsonObject Line(GraphRequest request, int status, JsonNode? body, JsonNode? response) => new()
    {
        ["n"] = 0,
        ["method"] = request.Method,
        ["path"] = $"/{request.VersionName}{request.Path}",
        ["query"] = Mask.Query(request.Query.Raw),
        ["status"] = status,
        ["request"] = Mask.Copy(body),
        ["response"] = Mask.Copy(response),
    };

    private void Append(JsonObject line)
    {
        line["n"] = ++_lines;
        _stream.Write(Encoding.UTF8.GetBytes(line.ToJsonString(Json.Compact) + "\n"));
        _stream.Flush();
    }
}
