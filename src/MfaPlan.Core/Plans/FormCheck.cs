using System.Globalization;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace MfaPlan.Core.Plans;

/// <summary>
/// What the schema asks for and its validator does not look at, or looks at less strictly than the records do: ids, dates, addresses,
/// durations beyond ten years, texts of blanks, numbers beyond counting.
/// </summary>
internal static class FormCheck
{
    /// <summary>The largest number that the record behind a schema holds; null without such a bound.</summary>
    public static decimal? Largest(JsonSchema schema) => schema.Format switch
    {
        "int32" => int.MaxValue,
        _ when IsLimit(schema) => 999_999_999,
        _ => null,
    };

    /// <summary>Every value of another form than its schema asks for.</summary>
    public static IEnumerable<(JValue Value, JsonSchema Schema)> Check(JToken token, JsonSchema schema)
    {
        schema = schema.ActualSchema;
        return token switch
        {
            JObject mapping => mapping.Properties().Where(property => schema.ActualProperties.ContainsKey(property.Name))
                .SelectMany(property => Check(property.Value, schema.ActualProperties[property.Name])),
            JArray list when schema.Item is { } item => list.SelectMany(member => Check(member, item)),
            JValue { Value: string text } value when schema.Type.HasFlag(JsonObjectType.String) && schema.Enumeration.Count == 0
                && !HasForm(text, schema) => [(value, schema)],
            JValue { Value: long number } value when schema.Type.HasFlag(JsonObjectType.Integer)
                && (number < (schema.Minimum ?? decimal.MinValue) || number > (Largest(schema) ?? decimal.MaxValue)) => [(value, schema)],
            _ => [],
        };
    }

    private static bool HasForm(string text, JsonSchema schema) => schema switch
    {
        { Format: "guid" } => text.Length == 36 && Guid.TryParseExact(text, "D", out _) && text.All(static c => char.IsAsciiHexDigit(c) || c == '-'),
        { Format: "date" } => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        { Format: "uri" } => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps,
        _ when IsDuration(schema) => Durations.TryParse(text, out _),
        _ when IsLimit(schema) || IsShare(schema) => !text.EndsWith('\n') && Limit.Parse(text) is not null,
        { Pattern: null } => !string.IsNullOrWhiteSpace(text),
        _ => !text.EndsWith('\n'),
    };

    private static bool IsDuration(JsonSchema schema) => schema.Pattern?.Contains("smhd", StringComparison.Ordinal) == true;

    private static bool IsShare(JsonSchema schema) => schema.Pattern?.Contains('%', StringComparison.Ordinal) == true;

    private static bool IsLimit(JsonSchema schema) => IsShare(schema) && schema.Type.HasFlag(JsonObjectType.Integer);
}
