using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;
using Newtonsoft.Json.Linq;

namespace MfaPlan.Core.Plans;

/// <summary>Reads a YAML document that an author writes: text, structure, meaning. Reports all that is wrong, not the first.</summary>
/// <param name="kind">What it is.</param>
internal sealed class YamlDocument(DocumentKind kind)
{
    /// <summary>Bytes of a document, at most.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What a document of the right structure may still get wrong.</summary>
    public delegate IEnumerable<Diagnostic> Meaning<in T>(Places places, JToken root, T value);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="path">The path as the user gave it; only for messages.</param>
    /// <param name="bytes">The file, UTF-8, with or without byte order mark.</param>
    /// <param name="first">What is looked at before the structure; one problem of these ends the reading.</param>
    /// <param name="meaning">What is looked at after it.</param>
    public Checked<T> ReadBytes<T>(string path, ReadOnlySpan<byte> bytes, Func<Places, JToken, Diagnostic?>? first, Meaning<T> meaning)
        where T : class
    {
        if (bytes.Length > MaxBytes)
        {
            return Failed<T>(SyntaxDiagnostics.TooLarge(path, bytes.Length, kind));
        }

        var mark = bytes.StartsWith("\ufeff"u8) ? 3 : 0;
        bytes = bytes[mark..];
        try
        {
            return Read(new SourceText(path, Strict.GetString(bytes)), first, meaning);
        }
        catch (DecoderFallbackException error)
        {
            var good = Encoding.UTF8.GetString(bytes[..error.Index]);
            var source = new SourceText(path, good);
            var found = bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..]
                ? "The file is UTF-16."
                : string.Create(CultureInfo.InvariantCulture, $"Byte {mark + error.Index} (from 0) is no UTF-8.");
            return Failed<T>(SyntaxDiagnostics.At(
                SyntaxDiagnostics.NotUtf8, source, new TextSpan(good.Length, 0), $"{found} Save the file as UTF-8; editors name it so."));
        }
    }

    /// <summary>Reads a text; see <see cref="ReadBytes"/>.</summary>
    public Checked<T> Read<T>(SourceText source, Func<Places, JToken, Diagnostic?>? first, Meaning<T> meaning)
        where T : class
    {
        try
        {
            RefuseHiddenCharacters(source);
            using var tokens = new YamlTokens(source);
            if (!tokens.Read())
            {
                return Failed<T>(SyntaxDiagnostics.At(SyntaxDiagnostics.Empty, source, default, $"There is nothing in it. {kind.WhenEmpty}"));
            }

            var root = JToken.ReadFrom(tokens);
            while (tokens.Read())
            {
                // To the end of the text, so that a second document is seen.
            }

            var places = new Places(source, tokens);
            if (root is JValue { Value: null })
            {
                return Failed<T>(places.Report(SyntaxDiagnostics.Empty, root, $"There is nothing in it. {kind.WhenEmpty}"));
            }

            return first?.Invoke(places, root) is { } refusal ? Failed<T>(refusal) : Check(root, places, meaning);
        }
        catch (PlanTextException error)
        {
            return Failed<T>(error.Diagnostic);
        }
    }

    private Checked<T> Check<T>(JToken root, Places places, Meaning<T> meaning)
        where T : class
    {
        var problems = new StructureCheck(places, kind).Check(root).ToList();
        if (problems.Count > 0)
        {
            problems.AddRange(new SecretCheck(places, kind).Check(root));
            return new(null, Sorted(problems));
        }

        var value = JsonSerializer.Deserialize<T>(root.ToString(Newtonsoft.Json.Formatting.None), PlanJson.Options)!;
        problems.AddRange(meaning(places, root, value));
        problems.AddRange(new SecretCheck(places, kind).Check(root));
        return new(problems.Exists(static problem => problem.Descriptor.Severity == Severity.Error) ? null : value, Sorted(problems));
    }

    private static void RefuseHiddenCharacters(SourceText source)
    {
        if (HiddenCharacters.First(source.Text) is var (start, length, why))
        {
            throw new PlanTextException(SyntaxDiagnostics.At(SyntaxDiagnostics.ControlCharacter, source, new TextSpan(start, length), why));
        }
    }

    private static ImmutableArray<Diagnostic> Sorted(IEnumerable<Diagnostic> problems) =>
    [
        .. problems.OrderBy(static problem => problem.Location is Location.InText text ? text.Span.Start : 0)
            .ThenBy(static problem => problem.Descriptor.Code, StringComparer.Ordinal),
    ];

    private static Checked<T> Failed<T>(Diagnostic diagnostic)
        where T : class => new(null, [diagnostic]);
}
