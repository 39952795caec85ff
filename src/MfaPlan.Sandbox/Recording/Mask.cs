using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MfaPlan.Sandbox.Recording;

/// <summary>Takes secrets out of what is recorded, and most of each phone number.</summary>
internal static partial class Mask
{
    private const string Hidden = "••••••";

    /// <summary>A masked copy.</summary>
    public static JsonNode? Copy(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                var copy = new JsonObject();
                foreach (var (name, value) in item)
                {
                    copy[name] = Property(name, value);
                }

                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select(Copy)]);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>A phone number with its country code and last two digits; without a code only those two.</summary>
    public static string Phone(string number)
    {
        var space = number.IndexOf(' ', StringComparison.Ordinal);
        var code = number.StartsWith('+') && space is > 1 and <= 4 ? number[..space] + " " : string.Empty;
        var digits = number.Where(char.IsAsciiDigit).ToArray();
        return code + Hidden + (digits.Length > 4 ? new string(digits[^2..]) : string.Empty);
    }

    /// <summary>A query string with the phone numbers in it masked.</summary>
    public static string Query(string query) => Number().Replace(query, Hidden);

    private static JsonNode? Property(string name, JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        switch (name.ToUpperInvariant())
        {
            case "SECRETKEY" or "TEMPORARYACCESSPASS" or "VERIFICATIONCODE":
                return "***";
            case "PHONENUMBER" or "MOBILEPHONE" or "FAXNUMBER" when value.GetValueKind() == JsonValueKind.String:
                return Phone(value.GetValue<string>());
            case "BUSINESSPHONES" when value is JsonArray phones:
                return new JsonArray(
                    [.. phones.Select(static phone => (JsonNode?)Phone(phone?.ToString() ?? string.Empty))]);
            default:
                return Copy(value);
        }
    }

    [GeneratedRegex(
        "(\\+|%2B)[0-9]{1,3}(%20| |\\+)?[0-9]{4,}",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000)]
    private static partial Regex Number();
}
