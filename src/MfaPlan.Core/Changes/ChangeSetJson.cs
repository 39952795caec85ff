using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;

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
                WriteFooter(json, foot.Footer);
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
                    new ChangeSetLine.Rest(new Leftover(row.GetInt64(), new PersonalName(Text(root, "name")))),
                _ when root.TryGetProperty("changeSet", out var format) => new ChangeSetLine.Head(ReadHeader(root, format.GetInt32())),
                _ when root.TryGetProperty("totals", out _) => new ChangeSetLine.Foot(ReadFooter(root)),
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
            Text(root, "plan"),
            Text(root, "planDigest"),
            StageId.Parse(Text(root, "stage")),
            Text(root, "purpose") == "apply" ? ChangeSetPurpose.Apply : ChangeSetPurpose.Rollback,
            TextOrNull(root, "undoes"),
            root.GetProperty("rules").GetInt32(),
            root.GetProperty("closedRuns").GetInt32(),
            [.. root.GetProperty("inputs").EnumerateArray().Select(static input =>
                new ChangeSetInput(Text(input, "name"), Text(input, "fingerprint"), input.GetProperty("count").GetInt64()))])
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
                WriteChange(json, change, id, values);
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

    private static void WriteChange(Utf8JsonWriter json, Change change, string unit, PersonalValues values)
    {
        json.WriteStartObject();
        json.WriteString("id", change.Id);
        switch (change)
        {
            case Change.SetPhone phone:
                WriteNumber(json, "before", phone.Before, unit, change.Id, values);
                WriteNumber(json, "after", phone.After, unit, change.Id, values);
                break;
            case Change.SetDefaultMethod method:
                WriteIf(json, "before", method.Before?.Word);
                json.WriteString("after", method.After.Word);
                break;
            case Change.OfToken step:
                json.WriteString("step", step.Kind);
                json.WriteString("file", step.Token.File);
                json.WriteString("serial", step.Token.Serial);
                json.WriteString("seed", step.Token.Fingerprint);
                WriteIf(json, "undo", !step.After);
                break;
            case Change.AllowMethod allow:
                ConfigurationJson.Write(json, "before", allow.Before);
                ConfigurationJson.Write(json, "after", allow.After);
                break;
            case Change.SetCampaign campaign:
                CampaignJson.Write(json, "before", campaign.Before);
                CampaignJson.Write(json, "after", campaign.After);
                break;
            default:
                RoutingJson.Write(json, change);
                break;
        }

        json.WriteString("rule", change.Rule);
        json.WriteEndObject();
    }

    private static void WriteNumber(
        Utf8JsonWriter json, string property, PhoneNumber? number, string unit, string change, PersonalValues values)
    {
        if (number is not null)
        {
            values.Write(json, property, unit, $"{change}/{property}", number.Reveal());
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
        UnitId.Parse(Text(root, "unit")),
        StageId.Parse(Text(root, "stage")),
        root.TryGetProperty("changes", out var changes) ? [.. changes.EnumerateArray().Select(ReadChange)] : [],
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

    private static Change ReadChange(JsonElement change) => Text(change, "id") switch
    {
        "phone.mobile" => ReadPhone(change, PhoneSlot.Mobile),
        "phone.alternateMobile" => ReadPhone(change, PhoneSlot.AlternateMobile),
        "phone.office" => ReadPhone(change, PhoneSlot.Office),
        "defaultMethod" => new Change.SetDefaultMethod(
            TextOrNull(change, "before") is { } before ? new DefaultMethod(before) : null,
            new DefaultMethod(Text(change, "after")),
            Text(change, "rule")),
        var id when id.StartsWith("token.", StringComparison.Ordinal) => ReadToken(change),
        Change.CampaignId => new Change.SetCampaign(
            CampaignJson.Read(change.GetProperty("before")), CampaignJson.Read(change.GetProperty("after")), Text(change, "rule")),
        var id when MethodOf(id) is { } kind => new Change.AllowMethod(
            kind, ConfigurationJson.Read(change.GetProperty("before")), ConfigurationJson.Read(change.GetProperty("after")), Text(change, "rule")),
        var id when RoutingJson.Read(id, change) is { } routing => routing,
        var other => throw new FormatException($"This version knows no change \"{other}\"."),
    };

    private static MethodKind? MethodOf(string change) =>
        Enum.GetValues<MethodKind>().Where(kind => Change.IdOf(kind) == change).Select(static kind => (MethodKind?)kind).FirstOrDefault();

    private static Change.SetPhone ReadPhone(JsonElement change, PhoneSlot slot) =>
        new(slot, Number(change, "before"), Number(change, "after"), Text(change, "rule"));

    private static Change.OfToken ReadToken(JsonElement change)
    {
        var token = new SecretRef(Text(change, "file"), Text(change, "serial"), Text(change, "seed"));
        var after = !change.TryGetProperty("undo", out _);
        var rule = Text(change, "rule");
        return Text(change, "step") switch
        {
            "token.create" => new Change.CreateToken(token, after, rule),
            "token.assign" => new Change.AssignToken(token, after, rule),
            "token.activate" => new Change.ActivateToken(token, after, rule),
            var other => throw new FormatException($"This version knows no step \"{other}\" of a token."),
        };
    }

    private static PhoneNumber? Number(JsonElement change, string name) =>
        TextOrNull(change, name) is { } text ? new PhoneNumber(text) : null;

    private static Finding ReadFinding(JsonElement finding) => new(
        Text(finding, "code"),
        finding.TryGetProperty("values", out var values)
            ? [.. values.EnumerateArray().Select(static value => new FindingValue(
                Text(value, "n"),
                Text(value, "v"),
                TextOrNull(value, "k") switch
                {
                    "phone" => FindingValueKind.Phone,
                    "name" => FindingValueKind.Name,
                    "label" => FindingValueKind.Label,
                    _ => FindingValueKind.Plain,
                }))]
            : []);

    private static void WriteFooter(Utf8JsonWriter json, ChangeSetFooter footer)
    {
        var totals = footer.Totals;
        json.WriteStartObject("totals");
        json.WriteNumber("users", totals.Users);
        json.WriteNumber("changed", totals.Changed);
        json.WriteNumber("changes", totals.Changes);
        json.WriteNumber("overwrites", totals.Overwrites);
        json.WriteNumber("administrators", totals.Administrators);
        json.WriteNumber("guests", totals.Guests);
        json.WriteNumber("leftWithout", totals.LeftWithout);
        json.WriteNumber("poorAsBefore", totals.PoorAsBefore);
        json.WriteNumber("phoneOnly", totals.PhoneOnly);
        json.WriteNumber("unknown", totals.Unknown);
        json.WriteNumber("matched", totals.Matched);
        json.WriteNumber("leftover", totals.Leftover);
        WriteCounts(json, "byChange", totals.ByChange);
        WriteCounts(json, "byFinding", totals.ByFinding);
        json.WriteEndObject();
        json.WriteStartArray("guards");
        foreach (var guard in footer.Guards)
        {
            json.WriteStartObject();
            json.WriteString("code", guard.Code);
            json.WriteString("verdict", GuardWords.Of(guard.Verdict));
            json.WriteString("message", guard.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ChangeSetFooter ReadFooter(JsonElement root)
    {
        var totals = root.GetProperty("totals");
        long Count(string name) => totals.GetProperty(name).GetInt64();
        return new ChangeSetFooter(
            new Totals
            {
                Users = Count("users"),
                Changed = Count("changed"),
                Changes = Count("changes"),
                Overwrites = Count("overwrites"),
                Administrators = Count("administrators"),
                Guests = Count("guests"),
                LeftWithout = Count("leftWithout"),
                PoorAsBefore = Count("poorAsBefore"),
                PhoneOnly = Count("phoneOnly"),
                Unknown = Count("unknown"),
                Matched = Count("matched"),
                Leftover = Count("leftover"),
                ByChange = Counts(totals, "byChange"),
                ByFinding = Counts(totals, "byFinding"),
            },
            [.. root.GetProperty("guards").EnumerateArray().Select(static guard => new GuardResult(
                Text(guard, "code"),
                Text(guard, "verdict") switch
                {
                    "holds" => GuardVerdict.Holds,
                    "unknown" => GuardVerdict.Unknown,
                    _ => GuardVerdict.Refuses,
                },
                Text(guard, "message")))]);
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }

    private static ImmutableSortedDictionary<string, long> Counts(JsonElement totals, string name) =>
        totals.GetProperty(name).EnumerateObject()
            .ToImmutableSortedDictionary(static pair => pair.Name, static pair => pair.Value.GetInt64(), StringComparer.Ordinal);

    private static void WriteIf(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteIf(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, value);
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"\"{name}\" is null.");

    private static string? TextOrNull(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static char Flag(bool value) => value ? 'y' : 'n';
}
