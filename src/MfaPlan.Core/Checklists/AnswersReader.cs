using System.Globalization;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using Newtonsoft.Json.Linq;

namespace MfaPlan.Core.Checklists;

/// <summary>Reads answers as <see cref="PlanReader"/> reads plans: all that is wrong, each with its place.</summary>
public static class AnswersReader
{
    private static readonly YamlDocument Document = new(DocumentKind.Answers);

    /// <summary>Reads the bytes of an answers file.</summary>
    /// <param name="path">The path as the plan gives it; only for messages.</param>
    /// <param name="bytes">The file, UTF-8, with or without byte order mark.</param>
    public static Checked<Answers> ReadBytes(string path, ReadOnlySpan<byte> bytes) => Document.ReadBytes<Answers>(
        path, bytes, OfNewerVersion, static (places, root, answers) => new AnswersMeaning(places, root, answers).Check());

    /// <summary>A newer format may have other keys, so nothing else is said of it.</summary>
    private static Diagnostic? OfNewerVersion(Places places, JToken root) =>
        root is JObject document && document["format"] is JValue { Value: long and > Answers.Newest } format
            ? places.Report(ChecklistDiagnostics.NewerFormat, format, string.Create(
                CultureInfo.InvariantCulture,
                $"The answers are of format {format.Value}; this version reads format {Answers.Newest}. Use the version of mfaplan that wrote them, or a newer one."))
            : null;
}
