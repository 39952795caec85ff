using NJsonSchema;

namespace MfaPlan.Core.Plans;

/// <summary>A kind of YAML document that an author writes: what it is called, and the schema that it is held against.</summary>
/// <param name="Name">As messages name it, for example <c>plan</c>.</param>
/// <param name="SchemaFile">The published schema, carried in the program.</param>
/// <param name="WhenEmpty">What to do about a file with nothing in it.</param>
/// <param name="WhenLarge">What does not belong into it.</param>
internal sealed record DocumentKind(string Name, string SchemaFile, string WhenEmpty, string WhenLarge)
{
    /// <summary>The migration plan.</summary>
    public static DocumentKind Plan { get; } = new(
        "plan", "migration-plan.v1.schema.json", "Make a starter plan with: mfaplan init", "Users belong in the source export, not in the plan.");

    /// <summary>The answers to the guide's checklist.</summary>
    public static DocumentKind Answers { get; } = new(
        "answers", "checklist-answers.v1.schema.json", "Begin it with: format: 1", "Evidence belongs in files of its own, which the answers name.");

    private readonly Lazy<JsonSchema> _schema = new(() =>
    {
        using var stream = typeof(DocumentKind).Assembly.GetManifestResourceStream(SchemaFile)
            ?? throw new InvalidOperationException($"The schema {SchemaFile} is missing from the program.");
        using var reader = new StreamReader(stream);
#pragma warning disable RS0030 // Parsing a text waits for nothing; the library offers it as a task only.
        return JsonSchema.FromJsonAsync(reader.ReadToEnd()).GetAwaiter().GetResult();
#pragma warning restore RS0030
    });

    /// <summary>The published schema, which is also the one structural check: editor, validate and code cannot disagree.</summary>
    public JsonSchema Schema => _schema.Value;
}
