using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema.Validation;

namespace MfaPlan.Core.Plans;

/// <summary>Where the tokens of a document stand in its text.</summary>
/// <param name="source">The text.</param>
/// <param name="tokens">The reader that noted lengths.</param>
internal sealed class Places(SourceText source, YamlTokens tokens)
{
    /// <summary>A diagnostic at a span.</summary>
    public Diagnostic Report(DiagnosticDescriptor descriptor, TextSpan span, string message) =>
        new(descriptor, new Location.InText(source, span), message);

    /// <summary>A diagnostic at a token: a property means its key.</summary>
    public Diagnostic Report(DiagnosticDescriptor descriptor, JToken? token, string message) => Report(descriptor, Of(token), message);

    /// <summary>The span of a token; the start of the text for none.</summary>
    public TextSpan Of(JToken? token) => token is IJsonLineInfo info && info.HasLineInfo() ? At(info.LineNumber, info.LinePosition) : default;

    /// <summary>A token as the author wrote it, on one line.</summary>
    public string TextOf(JToken token) => Of(token) is var span && span.Length > 0 ? source.Text.Substring(span.Start, span.Length).ReplaceLineEndings(" ") : "This";

    /// <summary>The span of what starts at a line and column.</summary>
    public TextSpan At(int line, int column) =>
        line < 1 ? default : new TextSpan(source.OffsetOf(line, column), tokens.LengthAt(line, column));

    /// <summary>The span of a key that a schema error names.</summary>
    public TextSpan OfKey(ValidationError error) => error.Token switch
    {
        JProperty property => Of(property),
        JObject mapping when error.Property is { } name && mapping.Property(name, StringComparison.Ordinal) is { } property => Of(property),
        _ => At(error.LineNumber, error.LinePosition),
    };
}
