using System.Globalization;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace MfaPlan.Core.Plans;

/// <summary>Says what the schema finds in words for the author, at the place in the plan.</summary>
/// <param name="places">Where tokens stand.</param>
internal sealed class StructureCheck(Places places)
{
    /// <summary>Every structural problem, in order of place.</summary>
    public IEnumerable<Diagnostic> Check(JToken root) =>
        PlanSchema.Check(root).SelectMany(Flat).Select(error => Describe(error, root)).DistinctBy(static diagnostic => (diagnostic.Descriptor.Code, diagnostic.Location));

    private static IEnumerable<ValidationError> Flat(ValidationError error) => error is ChildSchemaValidationError child && child.Errors.Count > 0
        ? child.Errors.SelectMany(static pair => pair.Value).SelectMany(Flat)
        : [error];

    private Diagnostic Describe(ValidationError error, JToken root)
    {
        var span = places.At(error.LineNumber, error.LinePosition);
        var schema = error.Schema.ActualSchema;
        return error.Kind switch
        {
            ValidationErrorKind.NoAdditionalPropertiesAllowed => Unknown(error, schema, root),
            ValidationErrorKind.PropertyRequired => places.Report(PlanDiagnostics.MissingKey, span,
                $"\"{error.Property}\" is missing here.{What(schema.ActualProperties.GetValueOrDefault(error.Property ?? ""))} Add it."),
            ValidationErrorKind.NotInEnumeration => Word(error, schema, span),
            ValidationErrorKind.PatternMismatch or ValidationErrorKind.GuidExpected or ValidationErrorKind.UuidExpected
                or ValidationErrorKind.DateExpected or ValidationErrorKind.UriExpected or ValidationErrorKind.DateTimeExpected => places.Report(
                    PlanDiagnostics.WrongForm, span, $"{Shown(error)} has not the form of {Form(schema)}."),
            ValidationErrorKind.StringTooShort or ValidationErrorKind.StringTooLong => places.Report(
                PlanDiagnostics.WrongForm, span, $"{Shown(error)} is empty or too long."),
            ValidationErrorKind.NumberTooSmall or ValidationErrorKind.NumberTooBig or ValidationErrorKind.IntegerTooBig
                or ValidationErrorKind.TooFewItems or ValidationErrorKind.TooManyItems => places.Report(
                    PlanDiagnostics.OutOfRange, span, $"{Shown(error)} is out of range: {Range(schema)}."),
            _ => places.Report(PlanDiagnostics.WrongType, span, $"{Shown(error)} stands where {Form(schema)} is expected.{Quote(error, schema)}"),
        };
    }

    private Diagnostic Unknown(ValidationError error, JsonSchema schema, JToken root)
    {
        var name = error.Property ?? "";
        var span = places.OfKey(root, error, name);
        var known = schema.ActualProperties.Keys.Order(StringComparer.Ordinal).ToList();
        var hint = Nearest.To(name, known) is { } near ? $" Did you mean \"{near}\"?"
            : known.Count <= 12 ? $" Known here: {string.Join(", ", known)}."
            : "";
        return places.Report(PlanDiagnostics.UnknownKey, span, $"The plan format has no \"{name}\" here.{hint}");
    }

    private Diagnostic Word(ValidationError error, JsonSchema schema, TextSpan span)
    {
        var words = schema.Enumeration.Select(static word => word?.ToString() ?? "").ToList();
        var near = Nearest.To(error.Token?.ToString() ?? "", words) is { } found ? $" Did you mean \"{found}\"?" : "";
        return places.Report(PlanDiagnostics.UnknownWord, span, $"{Shown(error)} is none of: {string.Join(", ", words)}.{near}");
    }

    private static string Shown(ValidationError error) => error.Token switch
    {
        JObject => "A mapping",
        JArray => "A list",
        JProperty property => $"\"{property.Name}\"",
        JValue { Value: null } => "Nothing",
        JValue { Type: JTokenType.Boolean } value => value.Value is true ? "true" : "false",
        JValue value => $"\"{Convert.ToString(value.Value, CultureInfo.InvariantCulture)}\"",
        _ => "This",
    };

    private static string Quote(ValidationError error, JsonSchema schema) =>
        schema.Type.HasFlag(JsonObjectType.String) && error.Token is JValue { Type: JTokenType.Integer or JTokenType.Float or JTokenType.Boolean }
            ? " Put it in quotes if it is meant as text."
            : "";

    private static string What(JsonSchemaProperty? property) => property?.Description is { Length: > 0 } text ? $" {text}" : "";

    private static string Form(JsonSchema schema) => schema switch
    {
        { Enumeration.Count: > 0 } => $"one of {string.Join(", ", schema.Enumeration)}",
        { Format: "guid" or "uuid" } => "an id such as 7f3c0000-0000-0000-0000-000000000001",
        { Format: "date" } => "a date such as 2024-09-27",
        { Format: "uri" } => "an address such as https://server/path",
        { Pattern: { } pattern } when pattern.Contains("smhd", StringComparison.Ordinal) => "a duration such as 30m, 24h or 5d",
        { Pattern: { } pattern } when pattern.Contains('%', StringComparison.Ordinal) && schema.Type.HasFlag(JsonObjectType.Integer) => "a limit such as 6500 or 1%",
        { Pattern: { } pattern } when pattern.Contains('%', StringComparison.Ordinal) => "a share such as 60%",
        { Pattern: { } pattern } when pattern.StartsWith("^mfaplan", StringComparison.Ordinal) => "mfaplan/v1",
        { Pattern: { } pattern } when pattern.StartsWith("^Migration", StringComparison.Ordinal) => "MigrationPlan",
        { Pattern: { } pattern } when pattern.Contains("64", StringComparison.Ordinal) => "64 hex digits",
        _ when schema.Type.HasFlag(JsonObjectType.Object) => "a mapping",
        _ when schema.Type.HasFlag(JsonObjectType.Array) => "a list",
        _ when schema.Type.HasFlag(JsonObjectType.Boolean) => "true or false",
        _ when schema.Type.HasFlag(JsonObjectType.Integer) => "a whole number",
        _ => "text",
    };

    private static string Range(JsonSchema schema) => (schema.Minimum, schema.Maximum, schema.MinItems) switch
    {
        ({ } low, { } high, _) => string.Create(CultureInfo.InvariantCulture, $"from {low} to {high}"),
        ({ } low, null, _) => string.Create(CultureInfo.InvariantCulture, $"from {low}"),
        (_, _, > 0) => "at least one",
        _ => "see the format",
    };
}
