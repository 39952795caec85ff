using System.Text;
using System.Text.Json;

namespace MfaPlan.Graph.Recording;

/// <summary>
/// Writes every request and its answer as a JSON line, in the order of completion; each part of a $batch as a line of its own that names
/// the batch's. Secrets and phone numbers are masked, headers are not written at all. Safe for many requests at a time.
/// </summary>
/// <param name="writer">Gets the lines; stays the caller's.</param>
/// <param name="next">Sends the requests; becomes this handler's.</param>
public sealed class RecordingHandler(TextWriter writer, HttpMessageHandler next) : DelegatingHandler(next)
{
    private readonly Lock _lock = new();
    private long _line;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            Write(request, sent, 0, []);
            throw;
        }

        // Buffered, so that whoever reads the answer later finds it whole.
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        Write(request, sent, (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return response;
    }

    private void Write(HttpRequestMessage request, byte[] sent, int status, byte[] received)
    {
        using var asked = Parse(sent);
        using var answered = Parse(received);
        var address = request.RequestUri ?? throw new InvalidOperationException("A request has an address.");
        var lines = new List<RecordedExchange>
        {
            new(request.Method.Method, address.AbsolutePath, address.Query, status, asked?.RootElement, answered?.RootElement),
        };
        if (address.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal))
        {
            lines.AddRange(RecordedExchange.PartsOf(lines[0], address.AbsolutePath[..^"/$batch".Length]));
        }

        lock (_lock)
        {
            var batch = _line + 1;
            foreach (var line in lines)
            {
                _line++;
                writer.WriteLine(line.ToText(_line, _line == batch ? null : batch));
            }

            writer.Flush();
        }
    }

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? null : JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return JsonDocument.Parse(Encoding.UTF8.GetBytes($"\"({body.Length} bytes that are not JSON)\""));
        }
    }
}
