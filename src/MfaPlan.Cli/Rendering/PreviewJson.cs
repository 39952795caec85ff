using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Cli.Consoles;
using MfaPlan.Core.Reports;

namespace MfaPlan.Cli.Rendering;

/// <summary>A preview as one JSON document, or a user as one JSON line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = false)]
[JsonSerializable(typeof(PreviewDocument))]
[JsonSerializable(typeof(UserReport))]
internal sealed partial class PreviewJson : JsonSerializerContext
{
    private static readonly PreviewJson Indented =
        new(Settings(indented: true));

    private static readonly PreviewJson Lines =
        new(Settings(indented: false));

    private static JsonSerializerOptions Settings(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the document, user by user.</summary>
    public static void Write(TextWriter text, PreviewReport report, IEnumerable<UserReport> users)
    {
        using (var stream = new TextStream(text))
        {
            JsonSerializer.Serialize(stream, new PreviewDocument(1, report.VerdictWord, report, users), Indented.PreviewDocument);
        }

        text.WriteLine();
    }

    /// <summary>The document without users.</summary>
    public static string Document(PreviewReport report) =>
        JsonSerializer.Serialize(new PreviewDocument(1, report.VerdictWord, report, []), Indented.PreviewDocument);

    /// <summary>A line.</summary>
    public static string Line(UserReport user) => JsonSerializer.Serialize(user, Lines.UserReport);
}

/// <summary>What <c>--json</c> prints of a preview.</summary>
internal sealed record PreviewDocument(int Format, string Verdict, PreviewReport Preview, IEnumerable<UserReport> Users);
