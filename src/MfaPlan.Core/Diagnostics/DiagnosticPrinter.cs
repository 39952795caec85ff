using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Diagnostics;

/// <summary>Writes diagnostics for people, programs and pipelines.</summary>
public static class DiagnosticPrinter
{
    private const int LongestLine = 160;
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The diagnostics in a format.</summary>
    /// <param name="diagnostics">What to say, in order.</param>
    /// <param name="format"><c>text</c>, <c>json</c>, <c>sarif</c> or <c>github</c>.</param>
    public static string Print(ImmutableArray<Diagnostic> diagnostics, string format) => format switch
    {
        "json" => Json(diagnostics),
        "sarif" => Sarif(diagnostics),
        "github" => string.Concat(diagnostics.Select(GitHub)),
        _ => Text(diagnostics),
    };

    private static string Text(ImmutableArray<Diagnostic> diagnostics)
    {
        var secrets = diagnostics.Where(static one => one.Descriptor == PlanDiagnostics.SecretInPlan)
            .Select(static one => one.Location).OfType<Location.InText>().ToList();
        return string.Concat(diagnostics.Select(diagnostic => Text(diagnostic, secrets)));
    }

    private static string Text(Diagnostic diagnostic, List<Location.InText> secrets)
    {
        var place = Place.Of(diagnostic.Location);
        var text = new StringBuilder();
        if (place.File is not null)
        {
            text.Append(Visible(place.File)).Append(':');
            if (place.Line > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{place.Line}:");
            }

            if (place.Column > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{place.Column}:");
            }

            text.Append(' ');
        }

        text.Append(CultureInfo.InvariantCulture,
            $"{Word(diagnostic)} {diagnostic.Descriptor.Code}: {diagnostic.Descriptor.Title}. {Visible(diagnostic.Message)}\n");
        if (diagnostic.Location is Location.InText { Source.Text.Length: > 0 } at)
        {
            AppendLine(text, LineWithoutSecrets(at, place.Line, secrets), place.Column - 1, at.Span.Length);
        }

        return text.ToString();
    }

    /// <summary>The line with stars over what was taken for a secret: a log keeps what is printed.</summary>
    private static string LineWithoutSecrets(Location.InText at, int line, List<Location.InText> secrets)
    {
        var start = at.Source.OffsetOf(line, 1);
        var text = at.Source.LineText(line).ToCharArray();
        foreach (var secret in secrets.Where(other => ReferenceEquals(other.Source, at.Source)))
        {
            var from = Math.Clamp(secret.Span.Start - start, 0, text.Length);
            text.AsSpan(from..Math.Clamp(secret.Span.End - start, from, text.Length)).Fill('*');
        }

        return new string(text);
    }

    /// <summary>The line with a caret under the place; of a long line the piece around it.</summary>
    private static void AppendLine(StringBuilder text, string line, int column, int length)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        var from = line.Length <= LongestLine ? 0 : Math.Clamp(column - (LongestLine / 2), 0, line.Length - LongestLine);
        var to = Math.Min(line.Length, from + LongestLine);
        var (before, after) = (from > 0 ? "..." : "", to < line.Length ? "..." : "");
        text.Append("    ").Append(before).Append(Visible(line[from..to].TrimEnd())).Append(after).Append('\n')
            .Append(' ', 4 + before.Length + column - from).Append('^')
            .Append('~', Math.Clamp(length, 1, Math.Max(1, to - column)) - 1).Append('\n');
    }

    private static string GitHub(Diagnostic diagnostic)
    {
        var place = Place.Of(diagnostic.Location);
        var kind = diagnostic.Descriptor.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
        var at = place.File is null ? "" : $"file={Property(place.File)},";
        var line = place.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line={place.Line},") : "";
        var column = place.Column > 0 ? string.Create(CultureInfo.InvariantCulture, $"col={place.Column},") : "";
        return $"::{kind} {at}{line}{column}title={Property(diagnostic.Descriptor.Code)}::{Data($"{diagnostic.Descriptor.Title}. {diagnostic.Message}")}\n";

        static string Data(string text) => string.Join("%0A", text.Replace("%", "%25").ReplaceLineEndings("\n").Split('\n').Select(Visible));
        static string Property(string text) => Data(text).Replace(":", "%3A").Replace(",", "%2C");
    }

    private static string Json(ImmutableArray<Diagnostic> diagnostics) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("format", 1);
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics)
        {
            var place = Place.Of(diagnostic.Location);
            json.WriteStartObject();
            json.WriteString("code", diagnostic.Descriptor.Code);
            json.WriteString("severity", Word(diagnostic));
            json.WriteString("title", diagnostic.Descriptor.Title);
            json.WriteString("message", diagnostic.Message);
            if (place.File is not null)
            {
                json.WriteString("file", place.File);
                json.WriteNumber("line", place.Line);
                json.WriteNumber("column", place.Column);
                json.WriteNumber("endLine", place.EndLine);
                json.WriteNumber("endColumn", place.EndColumn);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Sarif(ImmutableArray<Diagnostic> diagnostics) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "mfaplan");
        json.WriteStartArray("rules");
        foreach (var descriptor in diagnostics.Select(static diagnostic => diagnostic.Descriptor).Distinct())
        {
            json.WriteStartObject();
            json.WriteString("id", descriptor.Code);
            json.WriteStartObject("shortDescription");
            json.WriteString("text", descriptor.Title);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (var diagnostic in diagnostics)
        {
            WriteResult(json, diagnostic);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteResult(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        var place = Place.Of(diagnostic.Location);
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Descriptor.Code);
        json.WriteString("level", diagnostic.Descriptor.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" });
        json.WriteStartObject("message");
        json.WriteString("text", diagnostic.Message);
        json.WriteEndObject();
        if (place.File is not null)
        {
            json.WriteStartArray("locations");
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", FileUri(place.File));
            json.WriteEndObject();
            if (place.Line > 0)
            {
                json.WriteStartObject("region");
                json.WriteNumber("startLine", place.Line);
                if (place.Column > 0)
                {
                    json.WriteNumber("startColumn", place.Column);
                    json.WriteNumber("endLine", place.EndLine);
                    json.WriteNumber("endColumn", place.EndColumn);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>A path relative to the working folder as a relative reference, a rooted one as a file URI.</summary>
    private static string FileUri(string path)
    {
        var parts = path.Replace('\\', '/').Split('/');
        var escaped = parts.Select(static (part, index) => index == 0 && part is [var drive, ':'] && char.IsAsciiLetter(drive) ? "file:///" + part : Uri.EscapeDataString(part));
        return (parts is ["", _, ..] ? "file://" : "") + string.Join('/', escaped);
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string Word(Diagnostic diagnostic) => diagnostic.Descriptor.Severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    /// <summary>What would move a cursor, change a colour or hide becomes a visible sign of the same width.</summary>
    private static string Visible(string text) => string.Create(text.Length, text, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = text[i] == '\t' ? ' '
                : char.IsControl(text[i]) || char.GetUnicodeCategory(text[i]) == UnicodeCategory.Format ? '\ufffd'
                : text[i];
        }
    });

    private readonly record struct Place(string? File, int Line, int Column, int EndLine, int EndColumn)
    {
        public static Place Of(Location location)
        {
            switch (location)
            {
                case Location.InText text:
                    var start = text.Source.PositionOf(text.Span.Start);
                    var end = text.Source.PositionOf(text.Span.End);
                    return new(text.Source.Path, start.Line, start.Column, end.Line, end.Column);
                case Location.InRow row:
                    return new(row.Path, (int)Math.Min(row.Row, int.MaxValue), 0, (int)Math.Min(row.Row, int.MaxValue), 0);
                case Location.InFile file:
                    return new(file.Path, 0, 0, 0, 0);
                default:
                    return default;
            }
        }
    }
}
