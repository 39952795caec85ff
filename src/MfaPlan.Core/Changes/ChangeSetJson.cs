using System.Text.Json;
using MfaPlan.Core.Privacy;
using static MfaPlan.Core.Changes.JsonMembers;

namespace MfaPlan.Core.Changes;

/// <summary>The lines of a change set as JSON, format 1. Properties come in a fixed order; what is empty or false is left out.</summary>
public static class ChangeSetJson
{
    /// <summary>The format that is written; older ones are read, newer ones refused.</summary>
    public const int Format = 1;

    /// <summary>Writes a line.</summary>
    /// <param name="json">A writer at its start; flushed afterwards.</param>
    /// <param name="line">The line.</param>
    /// <param name="values">How personal values stand.</param>
    public static void Write(Utf8JsonWriter json, ChangeSetLine line, PersonalValues values)
    {
        json.WriteStartObject();
        switch (line)
        {
            case ChangeSetLine.Head head:
                WriteHeader(json, head.Header);
                break;
            case ChangeSetLine.Of of:
                WriteUnit(json, of.Unit, values);
                break;
            case ChangeSetLine.Rest rest:
                json.WriteNumber("leftover", rest.Leftover.Row);
                values.Write(json, "name", "leftover", "name", rest.Leftover.Username.Reveal());
                break;
            case ChangeSetLine.Foot foot:
                FooterJson.Write(json, foot.Footer);
                break;
        }

        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Reads a line that was written with values in clear.</summary>
    /// <exception cref="FormatException">The line is of a newer format, or none of ours.</exception>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    public static ChangeSetLine Read(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        try
        {
            return root switch
            {
                _ when root.TryGetProperty("unit", out _) => new ChangeSetLine.Of(ReadUnit(root)),
                _ when root.TryGetProperty("leftover", out var row) =>
                    new ChangeSetLine.Rest(new Leftover(row.GetInt64(), new PersonalName(TextOf(root, "name")))),
                _ when root.TryGetProperty("changeSet", out var format) => new ChangeSetLine.Head(ReadHeader(root, format.GetInt32())),
                _ when root.TryGetProperty("totals", out _) => new ChangeSetLine.Foot(FooterJson.Read(root)),
                _ => throw new FormatException("A line of the change set is of no known kind."),
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("A line of the change set lacks something or holds something else than it should.", error);
        }
    }

    private static void WriteHeader(Utf8JsonWriter json, ChangeSetHeader header)
    {
        json.WriteNumber("changeSet", Format);
        json.WriteString("tenant", header.Tenant);
        json.WriteString("plan", header.Plan);
        json.WriteString("planDigest", header.PlanDigest);
        json.WriteString("stage", header.Stage.ToText());
        json.WriteString("purpose", header.Purpose == ChangeSetPurpose.Apply ? "apply" : "rollback");
        WriteIf(json, "undoes", header.Undoes);
        WriteIf(json, "forecast", header.Forecast);
        json.WriteNumber("rules", header.Rules);
        json.WriteNumber("closedRuns", header.ClosedRuns);
        json.WriteStartArray("inputs");
        foreach (var input in header.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            json.WriteString("fingerprint", input.Fingerprint);
            json.WriteNumber("count", input.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ChangeSetHeader ReadHeader(JsonElement root, int format) => format > Format
        ? throw new FormatException($"The change set has format {format}; this version reads up to {Format}. Use a newer version of mfaplan.")
        : new ChangeSetHeader(
            root.GetProperty("tenant").GetGuid(),
            TextOf(root, "plan"),
            TextOf(root, "planDigest"),
            StageId.Parse(TextOf(root, "stage")),
            TextOf(root, "purpose") == "apply" ? ChangeSetPurpose.Apply : ChangeSetPurpose.Rollback,
            TextOrNull(root, "undoes"),
            root.GetProperty("rules").GetInt32(),
            root.GetProperty("closedRuns").GetInt32(),
            [.. root.GetProperty("inputs").EnumerateArray().Select(static input =>
                new ChangeSetInput(TextOf(input, "name"), TextOf(input, "fingerprint"), input.GetProperty("count").GetInt64()))])
        {
            Forecast = root.TryGetProperty("forecast", out _),
        };

    private static void WriteUnit(Utf8JsonWriter json, Unit unit, PersonalValues values)
    {
        var id = unit.Id.ToString();
        json.WriteString("unit", id);
        json.WriteString("stage", unit.Stage.ToText());
        if (unit.Name is { } name)
        {
            values.Write(json, "name", id, "name", name.Reveal());
        }

        if (unit.SourceRow > 0)
        {
            json.WriteNumber("row", unit.SourceRow);
        }

        WriteIf(json, "by", unit.MatchedBy);
        WriteIf(json, "admin", unit.Administrator);
        WriteIf(json, "guest", unit.Guest);
        WriteIf(json, "unknown", unit.Unknown);
        if (unit.Usability is { } usability)
        {
            json.WriteString("usable", $"{Flag(usability.Now)}{Flag(usability.After)}{Flag(usability.Survives)}");
        }

        WriteIf(json, "source", unit.SourceFingerprint);
        if (!unit.Changes.IsEmpty)
        {
            json.WriteStartArray("changes");
            foreach (var change in unit.Changes)
            {
                ChangeJson.Write(json, change, id, values);
            }

            json.WriteEndArray();
        }

        if (!unit.Findings.IsEmpty)
        {
            json.WriteStartArray("findings");
            foreach (var finding in unit.Findings)
            {
                WriteFinding(json, finding, id, values);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding, string unit, PersonalValues values)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        if (!finding.Values.IsEmpty)
        {
            json.WriteStartArray("values");
            foreach (var value in finding.Values)
            {
                json.WriteStartObject();
                json.WriteString("n", value.Name);
                if (value.Kind == FindingValueKind.Plain)
                {
                    json.WriteString("v", value.Text);
                }
                else
                {
                    json.WriteString("k", value.Kind switch
                    {
                        FindingValueKind.Phone => "phone",
                        FindingValueKind.Label => "label",
                        _ => "name",
                    });
                    values.Write(json, "v", unit, $"{finding.Code}/{value.Name}", value.Text);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static Unit ReadUnit(JsonElement root) => new(
        UnitId.Parse(TextOf(root, "unit")),
        StageId.Parse(TextOf(root, "stage")),
        root.TryGetProperty("changes", out var changes) ? [.. changes.EnumerateArray().Select(ChangeJson.Read)] : [],
        root.TryGetProperty("findings", out var findings) ? [.. findings.EnumerateArray().Select(ReadFinding)] : [])
    {
        Name = TextOrNull(root, "name") is { } name ? new PersonalName(name) : null,
        SourceRow = root.TryGetProperty("row", out var row) ? row.GetInt64() : 0,
        MatchedBy = TextOrNull(root, "by"),
        Administrator = root.TryGetProperty("admin", out _),
        Guest = root.TryGetProperty("guest", out _),
        Unknown = TextOrNull(root, "unknown"),
        Usability = TextOrNull(root, "usable") is { Length: 3 } flags
            ? new Usability(flags[0] == 'y', flags[1] == 'y', flags[2] == 'y')
            : null,
        SourceFingerprint = TextOrNull(root, "source"),
    };

    private static Finding ReadFinding(JsonElement finding) => new(
        TextOf(finding, "code"),
        finding.TryGetProperty("values", out var values)
            ? [.. values.EnumerateArray().Select(static value => new FindingValue(
                TextOf(value, "n"),
                TextOf(value, "v"),
                TextOrNull(value, "k") switch
                {
                    "phone" => FindingValueKind.Phone,
                    "name" => FindingValueKind.Name,
                    "label" => FindingValueKind.Label,
                    _ => FindingValueKind.Plain,
                }))]
            : []);

    private static char Flag(bool value) => value ? 'y' : 'n';
}
