using System.Text.Json;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using static MfaPlan.Core.Changes.JsonMembers;

namespace MfaPlan.Core.Changes;

/// <summary>A change of a unit as JSON, format 1; those of waves and cut-over by <see cref="RoutingJson"/>.</summary>
internal static class ChangeJson
{
    /// <summary>Writes a change.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="change">The change.</param>
    /// <param name="unit">The id of its unit.</param>
    /// <param name="values">How personal values stand.</param>
    public static void Write(Utf8JsonWriter json, Change change, string unit, PersonalValues values)
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

    /// <summary>Reads a change that was written with values in clear.</summary>
    /// <exception cref="FormatException">This version knows no such change.</exception>
    public static Change Read(JsonElement change) => TextOf(change, "id") switch
    {
        "phone.mobile" => ReadPhone(change, PhoneSlot.Mobile),
        "phone.alternateMobile" => ReadPhone(change, PhoneSlot.AlternateMobile),
        "phone.office" => ReadPhone(change, PhoneSlot.Office),
        "defaultMethod" => new Change.SetDefaultMethod(
            TextOrNull(change, "before") is { } before ? new DefaultMethod(before) : null,
            new DefaultMethod(TextOf(change, "after")),
            TextOf(change, "rule")),
        var id when id.StartsWith("token.", StringComparison.Ordinal) => ReadToken(change),
        Change.CampaignId => new Change.SetCampaign(
            CampaignJson.Read(change.GetProperty("before")), CampaignJson.Read(change.GetProperty("after")), TextOf(change, "rule")),
        var id when MethodOf(id) is { } kind => new Change.AllowMethod(
            kind, ConfigurationJson.Read(change.GetProperty("before")), ConfigurationJson.Read(change.GetProperty("after")), TextOf(change, "rule")),
        var id when RoutingJson.Read(id, change) is { } routing => routing,
        var other => throw new FormatException($"This version knows no change \"{other}\"."),
    };

    private static MethodKind? MethodOf(string change) =>
        Enum.GetValues<MethodKind>().Where(kind => Change.IdOf(kind) == change).Select(static kind => (MethodKind?)kind).FirstOrDefault();

    private static Change.SetPhone ReadPhone(JsonElement change, PhoneSlot slot) =>
        new(slot, Number(change, "before"), Number(change, "after"), TextOf(change, "rule"));

    private static Change.OfToken ReadToken(JsonElement change)
    {
        var token = new SecretRef(TextOf(change, "file"), TextOf(change, "serial"), TextOf(change, "seed"));
        var after = !change.TryGetProperty("undo", out _);
        var rule = TextOf(change, "rule");
        return TextOf(change, "step") switch
        {
            "token.create" => new Change.CreateToken(token, after, rule),
            "token.assign" => new Change.AssignToken(token, after, rule),
            "token.activate" => new Change.ActivateToken(token, after, rule),
            var other => throw new FormatException($"This version knows no step \"{other}\" of a token."),
        };
    }

    private static PhoneNumber? Number(JsonElement change, string name) =>
        TextOrNull(change, name) is { } text ? new PhoneNumber(text) : null;

    private static void WriteNumber(
        Utf8JsonWriter json, string property, PhoneNumber? number, string unit, string change, PersonalValues values)
    {
        if (number is not null)
        {
            values.Write(json, property, unit, $"{change}/{property}", number.Reveal());
        }
    }
}
