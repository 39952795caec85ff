using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using Newtonsoft.Json.Linq;

namespace MfaPlan.Core.Plans;

/// <summary>Parts of the format that are read and checked but not carried out by this version: one plain warning each.</summary>
/// <param name="places">Where tokens stand.</param>
internal sealed class NotCarriedOutCheck(Places places)
{
    private const string LeftOut = "The part is checked and otherwise left out.";

    /// <summary>The parts, as paths, with what does not happen. A part that is built leaves the table.</summary>
    private static readonly ImmutableArray<(string Path, string What, string Then)> Parts =
    [
        ("signIn.operator", "signing in as a person", LeftOut),
        ("source.webService", "reading the Web Service SDK", "So preview refuses this plan."),
        ("activeDirectory", "asking Active Directory", LeftOut),
        ("sync", "continuous migration", LeftOut),
    ];

    /// <summary>One warning for each part that the plan uses.</summary>
    public IEnumerable<Diagnostic> Check(JToken root)
    {
        foreach (var (path, what, then) in Parts)
        {
            if (root.SelectToken(path) is { } token && token is not JArray { Count: 0 })
            {
                yield return places.Report(
                    PlanDiagnostics.NotCarriedOut, token.Parent is JProperty property ? property : token,
                    $"This version does not carry this out: {what}. {then}");
            }
        }

        if (root.SelectToken("migrate.oathToken.existing") is { } existing && (string?)existing == "replace")
        {
            yield return places.Report(
                PlanDiagnostics.NotCarriedOut, existing, "This version does not replace tokens in Entra. A token that is there is kept.");
        }

        foreach (var (path, standing, what) in new[]
        {
            ("policy.systemPreferred", "leave", "switching system-preferred authentication"),
            ("policy.completeMigration", "never", "completing the move from the legacy policies"),
        })
        {
            if (root.SelectToken(path) is { } setting && (string?)setting != standing)
            {
                yield return places.Report(
                    PlanDiagnostics.NotCarriedOut, setting, $"This version does not carry this out: {what}. {LeftOut}");
            }
        }

        foreach (var rule in root.SelectToken("match.order")?.Children() ?? [])
        {
            if ((string?)rule == "adAttribute")
            {
                yield return places.Report(
                    PlanDiagnostics.NotCarriedOut, rule, "This version does not match by this rule. The other rules are carried out.");
            }
        }
    }
}
