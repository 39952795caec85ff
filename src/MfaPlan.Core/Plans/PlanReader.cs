using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;
using Newtonsoft.Json.Linq;

namespace MfaPlan.Core.Plans;

/// <summary>Reads a plan: text, structure, meaning. Reports all that is wrong, not the first; never throws for what an author wrote.</summary>
public static class PlanReader
{
    /// <summary>Bytes of a plan, at most.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the bytes of a plan file.</summary>
    /// <param name="path">The path as the user gave it; only for messages.</param>
    /// <param name="bytes">The file, UTF-8, with or without byte order mark.</param>
    public static Checked<Plan> ReadBytes(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return Failed(SyntaxDiagnostics.TooLarge(path, bytes.Length));
        }

        var mark = bytes.StartsWith("\ufeff"u8) ? 3 : 0;
        bytes = bytes[mark..];
        try
        {
            return Read(new SourceText(path, Strict.GetString(bytes)));
        }
        catch (DecoderFallbackException error)
        {
            var good = Encoding.UTF8.GetString(bytes[..error.Index]);
            var source = new SourceText(path, good);
            var found = bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..]
                ? "The file is UTF-16."
                : string.Create(CultureInfo.InvariantCulture, $"Byte {mark + error.Index} (from 0) is no UTF-8.");
            return Failed(SyntaxDiagnostics.At(
                SyntaxDiagnostics.NotUtf8, source, new TextSpan(good.Length, 0), $"{found} Save the file as UTF-8; editors name it so."));
        }
    }

    /// <summary>Reads the text of a plan.</summary>
    public static Checked<Plan> Read(SourceText source)
    {
        try
        {
            RefuseHiddenCharacters(source);
            using var tokens = new YamlTokens(source);
            if (!tokens.Read())
            {
                return Failed(SyntaxDiagnostics.At(
                    SyntaxDiagnostics.Empty, source, default, "There is nothing in it. Make a starter plan with: mfaplan init"));
            }

            var root = JToken.ReadFrom(tokens);
            while (tokens.Read())
            {
                // To the end of the text, so that a second document is seen.
            }

            var places = new Places(source, tokens);
            if (root is JValue { Value: null })
            {
                return Failed(places.Report(SyntaxDiagnostics.Empty, root, "There is nothing in it. Make a starter plan with: mfaplan init"));
            }

            var problems = new StructureCheck(places).Check(root).ToList();
            if (problems.Count > 0)
            {
                problems.AddRange(new SecretCheck(places).Check(root));
                return new(null, Sorted(problems));
            }

            var plan = JsonSerializer.Deserialize<Plan>(root.ToString(Newtonsoft.Json.Formatting.None), PlanJson.Options)!;
            problems.AddRange(new MeaningCheck(places, root, plan).Check());
            problems.AddRange(new SecretCheck(places).Check(root));
            problems.AddRange(new NotCarriedOutCheck(places).Check(root));
            return new(problems.Exists(static problem => problem.Descriptor.Severity == Severity.Error) ? null : plan, Sorted(problems));
        }
        catch (PlanTextException error)
        {
            return Failed(error.Diagnostic);
        }
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

    private static Checked<Plan> Failed(Diagnostic diagnostic) => new(null, [diagnostic]);
}
