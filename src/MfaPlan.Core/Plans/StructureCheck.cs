using System.Globalization;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace MfaPlan.Core.Plans;

/// <summary>Says what the schema finds in words for the author, at the place in the document.</summary>
/// <param name="places">Where tokens stand.</param>
/// <param name="kind">What the document is.</param>
internal sealed class StructureCheck(Places places, DocumentKind kind)
{
    private const int LongestShown = 100;

    /// <summary>Every structural problem, in no order; of several at one place the one that says most.</summary>
    public IEnumerable<Diagnostic> Check(JToken root) => new JsonSchemaValidator().Validate(root, kind.Schema).SelectMany(Flat).Select(Describe)
        .Concat(FormCheck.Check(root, kind.Schema).Select(pair => WrongForm(pair.Value, pair.Schema)))
        .GroupBy(static diagnostic => diagnostic.Location).SelectMany(Weightiest).Distinct();

    /// <summary>What is of the wrong type also lacks keys, is no known word and has the wrong form; to say so does not help.</summary>
    private static IEnumerable<Diagnostic> Weightiest(IEnumerable<Diagnostic> atOnePlace)
    {
        var all = atOnePlace.ToList();
        return all.Find(static one => one.Descriptor == PlanDiagnostics.UnknownWord) is { } word ? [word]
            : all.Find(static one => one.Descriptor == PlanDiagnostics.OutOfRange) is { } range ? [range]
            : all.Find(static one => one.Descriptor == PlanDiagnostics.WrongForm) is { } form ? [form]
            : all.Find(static one => one.Descriptor == PlanDiagnostics.WrongType) is { } type ? [type]
            : all;
    }

    private static IEnumerable<ValidationError> Flat(ValidationError error) => error is ChildSchemaValidationError child && child.Errors.Count > 0
        ? child.Errors.SelectMany(static pair => pair.Value).SelectMany(Flat)
        : [error];

    private Diagnostic Describe(ValidationError error)
    {
        var span = places.At(error.LineNumber, error.LinePosition);
        var schema = error.Schema.ActualSchema;
        return error.Kind switch
        {
            ValidationErrorKind.NoAdditionalPropertiesAllowed => Unknown(error, schema),
            ValidationErrorKind.PropertyRequired => places.Report(PlanDiagnostics.MissingKey, span,
                $"\"{error.Property}\" is missing here.{What(schema.ActualProperties.GetValueOrDefault(error.Property ?? ""))} Add it."),
            ValidationErrorKind.NotInEnumeration => Word(error, schema, span),
            ValidationErrorKind.PatternMismatch => places.Report(PlanDiagnostics.WrongForm, span, Expected(error.Token, schema)),
            ValidationErrorKind.StringTooShort => places.Report(PlanDiagnostics.WrongForm, span, "The text is empty. Fill it in, or take the key out."),
            ValidationErrorKind.StringTooLong => places.Report(PlanDiagnostics.WrongForm, span, string.Create(
                CultureInfo.InvariantCulture, $"The text is longer than {schema.MaxLength} characters.")),
            ValidationErrorKind.NumberTooSmall or ValidationErrorKind.NumberTooBig or ValidationErrorKind.IntegerTooBig => places.Report(
                PlanDiagnostics.OutOfRange, span, $"{Shown(error.Token)} is out of range: {Range(schema)}."),
            _ => places.Report(PlanDiagnostics.WrongType, span, Expected(error.Token, schema) + Hint(error.Token, schema)),
        };
    }

    private Diagnostic WrongForm(JValue value, JsonSchema schema) => value.Value switch
    {
        long => places.Report(PlanDiagnostics.OutOfRange, value, $"{Shown(value)} is out of range: {Range(schema)}."),
        string text when string.IsNullOrWhiteSpace(text) => places.Report(
            PlanDiagnostics.WrongForm, value, "The text is empty. Fill it in, or take the key out."),
        _ => places.Report(PlanDiagnostics.WrongForm, value, Expected(value, schema)),
    };

    private Diagnostic Unknown(ValidationError error, JsonSchema schema)
    {
        var name = error.Property ?? "";
        var span = places.OfKey(error);
        var known = schema.ActualProperties.Keys.Order(StringComparer.Ordinal).ToList();
        var hint = NearestTo(name, known) is { } near ? $" Did you mean \"{near}\"?"
            : known.Count <= 12 ? $" Known here: {string.Join(", ", known)}."
            : "";
        return places.Report(PlanDiagnostics.UnknownKey, span, $"The {kind.Name} format has no {Quoted(name)} here.{hint}");
    }

    private Diagnostic Word(ValidationError error, JsonSchema schema, TextSpan span)
    {
        var words = schema.Enumeration.Select(static word => word?.ToString() ?? "").ToList();
        var near = NearestTo(error.Token?.ToString() ?? "", words) is { } found ? $" Did you mean \"{found}\"?" : "";
        return places.Report(PlanDiagnostics.UnknownWord, span, $"{Shown(error.Token)} is none of: {string.Join(", ", words)}.{near}");
    }

    private static string? NearestTo(string name, List<string> known) => name.Length <= LongestShown ? Nearest.To(name, known) : null;

    private string Expected(JToken? token, JsonSchema schema) => $"{Shown(token)} stands where {Form(schema)} is expected.";

    private string Shown(JToken? token) => token switch
    {
        JObject => "A mapping",
        JArray => "A list",
        JProperty property => Quoted(property.Name),
        JValue { Value: null } => "Nothing",
        JValue value when SecretCheck.LooksSecret(value) => "This value",
        JValue { Value: string text } => Quoted(text),
        JValue value => places.TextOf(value),
        _ => "This",
    };

    private static string Quoted(string text) => text.Length <= LongestShown ? $"\"{text}\"" : $"\"{text[..LongestShown]}...\"";

    private static string Hint(JToken? token, JsonSchema schema) => (token, schema) switch
    {
        (JValue { Value: null, Parent: JArray }, _) => " Fill it in, or take the item out.",
        (JValue { Value: null }, _) => " Fill it in, or take the key out.",
        (JValue, _) when schema.Type.HasFlag(JsonObjectType.Array) => " Put it in brackets, as a list of one.",
        (JValue { Type: JTokenType.Integer or JTokenType.Float or JTokenType.Boolean }, { Enumeration.Count: 0 })
            when schema.Type.HasFlag(JsonObjectType.String) => " Put it in quotes if it is meant as text.",
        _ => "",
    };

    private static string What(JsonSchemaProperty? property) =>
        property?.Description is { Length: > 10 } text ? $" {text}" : "";

    private static string Form(JsonSchema schema) => schema switch
    {
        { Enumeration.Count: > 0 } => $"one of {string.Join(", ", schema.Enumeration)}",
        { Format: "guid" or "uuid" } => "an id such as 7f3c0000-0000-0000-0000-000000000001",
        { Format: "date" } => "a date such as 2024-09-27",
        { Format: "uri" } => "an address such as https://server/path",
        { Pattern: { } pattern } when pattern.Contains("smhd", StringComparison.Ordinal) => "a duration such as 30m, 24h or 5d, 3650d at most,",
        { Pattern: { } pattern } when pattern.Contains('%', StringComparison.Ordinal) && schema.Type.HasFlag(JsonObjectType.Integer) => "a limit such as 6500 or 1%",
        { Pattern: { } pattern } when pattern.Contains('%', StringComparison.Ordinal) => "a share such as 60%",
        { Pattern: { } pattern } when pattern.StartsWith("^mfaplan", StringComparison.Ordinal) => "mfaplan/v1",
        { Pattern: { } pattern } when pattern.StartsWith("^Migration", StringComparison.Ordinal) => "MigrationPlan",
        { Pattern: { } pattern } when pattern.Contains("64", StringComparison.Ordinal) => "a hash of 64 hex digits",
        _ when schema.Type.HasFlag(JsonObjectType.Object) => "a mapping",
        _ when schema.Type.HasFlag(JsonObjectType.Array) => "a list",
        _ when schema.Type.HasFlag(JsonObjectType.Boolean) => "true or false",
        _ when schema.Type.HasFlag(JsonObjectType.Integer) => "a whole number",
        _ => "text",
    };

    private static string Range(JsonSchema schema)
    {
        var low = schema.Minimum ?? 0;
        return (schema.Maximum ?? FormCheck.Largest(schema)) is { } high
            ? string.Create(CultureInfo.InvariantCulture, $"from {low:0.###} to {high:0.###}")
            : string.Create(CultureInfo.InvariantCulture, $"from {low:0.###}");
    }
}
