using System.Text.RegularExpressions;
using MfaPlan.Core.Diagnostics;
using Newtonsoft.Json.Linq;

namespace MfaPlan.Core.Plans;

/// <summary>Plans hold no secrets: what looks like one is refused before it is committed.</summary>
/// <param name="places">Where tokens stand.</param>
/// <param name="kind">What the document is.</param>
internal sealed partial class SecretCheck(Places places, DocumentKind kind)
{
    /// <summary>Every value that looks like a secret. The value itself is not repeated.</summary>
    public IEnumerable<Diagnostic> Check(JToken root) => root
        .SelectTokens("$..*").OfType<JValue>()
        .Where(LooksSecret)
        .Select(value => places.Report(PlanDiagnostics.SecretInPlan, value,
            "This looks like a secret, and " + (kind == DocumentKind.Plan
                ? "a plan under version control keeps none. Name where it is instead: { env: NAME } or { file: PATH }. "
                : "a file under version control keeps none. Take it out. ")
            + "If it was committed, replace the secret."));

    /// <summary>Whether a value looks like a secret, by its own form or by the name of its key.</summary>
    public static bool LooksSecret(JValue value) => value.Value switch
    {
        null or bool => false,
        string text => text.Length > 0 && (LooksSecret(text) || IsSecretKey(value.Parent)),
        _ => IsSecretKey(value.Parent),
    };

    private static bool IsSecretKey(JContainer? parent) =>
        parent is JProperty property && SecretName().IsMatch(property.Name);

    private static bool LooksSecret(string text) =>
        text.Contains("-----BEGIN", StringComparison.Ordinal)
        || text.Contains("AccountKey=", StringComparison.OrdinalIgnoreCase)
        || text.Contains("SharedAccessSignature=", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("otpauth://", StringComparison.OrdinalIgnoreCase)
        || (text.Length >= 40 && LongKey().IsMatch(text) && !Hex().IsMatch(text) && IsMixed(text));

    /// <summary>
    /// Made by chance, at least every fifth step goes between letters and digits or from a small letter to a capital one; in paths and in names of
    /// groups few do.
    /// </summary>
    private static bool IsMixed(string text) => 5 * text.Zip(text[1..]).Count(static pair =>
        (char.IsAsciiLetter(pair.First) && char.IsAsciiDigit(pair.Second)) || (char.IsAsciiDigit(pair.First) && char.IsAsciiLetter(pair.Second))
        || (char.IsAsciiLetterLower(pair.First) && char.IsAsciiLetterUpper(pair.Second))) >= text.Length;

    [GeneratedRegex("^(password|passwd|pwd|secret|clientSecret|accountKey|apiKey|token|seed|privateKey)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex("^[A-Za-z0-9+/_~.-]{40,}={0,2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LongKey();

    [GeneratedRegex("^[0-9a-fA-F]{40}$|^[0-9a-fA-F]{64}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hex();
}
