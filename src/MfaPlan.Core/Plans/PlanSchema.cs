using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace MfaPlan.Core.Plans;

/// <summary>The published schema of plans, which is also the one structural check: editor, validate and code cannot disagree.</summary>
internal static class PlanSchema
{
    private const string Resource = "migration-plan.v1.schema.json";

    private static readonly Lazy<JsonSchema> Schema = new(static () =>
    {
        using var stream = typeof(PlanSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The schema {Resource} is missing from the program.");
        using var reader = new StreamReader(stream);
#pragma warning disable RS0030 // Parsing a text waits for nothing; the library offers it as a task only.
        return JsonSchema.FromJsonAsync(reader.ReadToEnd()).GetAwaiter().GetResult();
#pragma warning restore RS0030
    });

    /// <summary>The schema of the whole document.</summary>
    public static JsonSchema Root => Schema.Value;

    /// <summary>Every way in which a document is not a plan.</summary>
    public static ICollection<ValidationError> Check(JToken document) => new JsonSchemaValidator().Validate(document, Schema.Value);
}
