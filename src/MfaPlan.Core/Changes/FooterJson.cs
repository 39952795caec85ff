using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Guards;
using static MfaPlan.Core.Changes.JsonMembers;

namespace MfaPlan.Core.Changes;

/// <summary>The last line of a change set as JSON, format 1: what it adds up to, and the guards' word.</summary>
internal static class FooterJson
{
    /// <summary>Writes the members of a footer.</summary>
    public static void Write(Utf8JsonWriter json, ChangeSetFooter footer)
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

    /// <summary>Reads a footer.</summary>
    public static ChangeSetFooter Read(JsonElement root)
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
                TextOf(guard, "code"),
                TextOf(guard, "verdict") switch
                {
                    "holds" => GuardVerdict.Holds,
                    "unknown" => GuardVerdict.Unknown,
                    _ => GuardVerdict.Refuses,
                },
                TextOf(guard, "message")))]);
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
}
