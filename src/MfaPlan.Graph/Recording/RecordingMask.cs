using System.Text.Json;
using System.Text.RegularExpressions;

namespace MfaPlan.Graph.Recording;

/// <summary>Copies JSON without secrets and without whole phone numbers.</summary>
internal static partial class RecordingMask
{
    private const string Hidden = "***";

    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "secretKey", "temporaryAccessPass", "verificationCode", "authorization", "password", "clientSecret", "access_token",
    };

    /// <summary>Writes an element that is the value of the named member; the name is empty at the root.</summary>
    public static void Write(Utf8JsonWriter json, string name, JsonElement element)
    {
        if (Secrets.Contains(name) && element.ValueKind != JsonValueKind.Null)
        {
            json.WriteStringValue(Hidden);
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Name, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(json, name, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(Phones().Replace(element.GetString() ?? "", Masked));
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    // Wherever it stands: an error message may quote the number it refuses.
    private static string Masked(Match match) => $"+{match.Groups["country"].Value} ***{match.Value[^2..]}";

    // Separators as people write them. Without one behind the country code only two digits of it can be believed.
    [GeneratedRegex(
        @"\+(?<country>[0-9]{1,3}(?=[ \-.(])|[0-9]{1,2})[ \-.()0-9]{4,20}(x[0-9]{1,8})?(?<=[0-9])",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Phones();
}
