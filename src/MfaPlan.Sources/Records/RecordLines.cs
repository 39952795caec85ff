using System.Text.Json;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Records;

/// <summary>The lines of a file in one of our own formats, each as a record. Lines that cannot be trusted go to the log.</summary>
/// <param name="log">Names the file, and takes its problems.</param>
/// <param name="format">The format that is read.</param>
/// <param name="damaged">Told whose a damaged line is, where its member <c>username</c> can be read.</param>
internal sealed class RecordLines<T>(RowLog log, int format, DamagedNames damaged) : IDisposable
    where T : class
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    private readonly TextLines _lines = new(log);

    /// <summary>The number of the current line, from 1.</summary>
    public long Row => _lines.Row;

    /// <summary>The hash of the file's bytes, in lower-case hex; asked for once, after the last line.</summary>
    public string Sha256 => _lines.Sha256;

    /// <summary>The next line that can be read; null at the end, when the file breaks off, and before lines of another format.</summary>
    public async Task<T?> NextAsync(CancellationToken cancel)
    {
        while (!log.IsFatal && await _lines.NextAsync(cancel))
        {
            if (!string.IsNullOrWhiteSpace(_lines.Line) && Read(_lines.Line) is { } record)
            {
                return record;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private T? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                return Read(root);
            }
        }
        catch (JsonException)
        {
            // Told below, without the parser's words: they repeat what stands in the line.
        }

        log.Damaged(RecordDiagnostics.NotAnObjectAt(log.Path, Row));
        return null;
    }

    private T? Read(JsonElement root)
    {
        if (root.TryGetProperty("format", out var given) && given.ValueKind == JsonValueKind.Number
            && given.TryGetInt32(out var other) && other != format)
        {
            log.OfFile(RecordDiagnostics.FormatAt(log.Path, Row, format));
            return null;
        }

        var problems = new LineCheck(log.Path, Row).Check(root, typeof(T));
        foreach (var problem in problems)
        {
            log.Damaged(problem);
        }

        if (problems.Count == 0)
        {
            return root.Deserialize<T>(RecordJson.Options);
        }

        damaged.Add(root.TryGetProperty("username", out var name) ? LineCheck.TextOf(name) : null, Row);
        return null;
    }
}
