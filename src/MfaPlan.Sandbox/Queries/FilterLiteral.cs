using System.Globalization;
using System.Text.Json;

namespace MfaPlan.Sandbox.Queries;

/// <summary>A literal in a filter: quoted text, or a bare word such as a date, number, <c>true</c> or
/// <c>null</c>.</summary>
internal sealed record FilterLiteral(string Text, bool IsQuoted)
{
    public bool Equals(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => !IsQuoted && Text == "null",
        JsonValueKind.True => Text == "true",
        JsonValueKind.False => Text == "false",
        _ => Order(element) == 0,
    };

    /// <summary>How the element stands to the literal; null where they cannot be compared.</summary>
    public int? Order(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                return double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? element.GetDouble().CompareTo(number)
                    : null;
            case JsonValueKind.String when !IsQuoted && TryDate(Text, out var date):
                return TryDate(element.GetString(), out var when) ? when.CompareTo(date) : null;
            case JsonValueKind.String when !IsQuoted && Text == "null":
                return null;
            case JsonValueKind.String:
                return string.Compare(element.GetString(), Text, StringComparison.OrdinalIgnoreCase);
            default:
                return null;
        }
    }

    private static bool TryDate(string? text, out DateTimeOffset value) => DateTimeOffset.TryParse(
        text,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out value);
}
