using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using Newtonsoft.Json.Linq;

namespace MfaPlan.Core.Plans;

/// <summary>Parts of the format that are read and checked but not carried out by this version: one plain warning each.</summary>
/// <param name="places">Where tokens stand.</param>
internal sealed class NotCarriedOutCheck(Places places)
{
    /// <summary>The parts, as paths, with what does not happen. A part that is built leaves the table.</summary>
    private static readonly ImmutableArray<(string Path, string Sentence)> Parts =
    [
        ("signIn.operator", "Signing in as a person"),
        ("source.mfaServer.devices", "Reading mobile app devices"),
        ("source.mfaServer.tokens", "Bringing OATH tokens over"),
        ("source.webService", "Reading the Web Service SDK"),
        ("source.records", "Reading the interchange format"),
        ("activeDirectory", "Asking Active Directory"),
        ("reRegister", "The registration campaign"),
        ("protect.neverRoute", "Keeping accounts out of waves"),
        ("protect.phoneOnly", "Accepting phones alone"),
        ("policy", "Changing the authentication methods policy"),
        ("rollout", "The staged rollout"),
        ("cutOver", "The federation switch"),
        ("dependencies", "Holding stages for what still leans on MFA Server"),
        ("checklist", "The guide's hand steps"),
        ("approvals", "Checking signatures; apply refuses a plan that demands them"),
        ("sync", "Continuous migration"),
        ("state.azureBlob", "State in Azure Blob storage"),
        ("state.key.keyVault", "Keys in Key Vault"),
    ];

    /// <summary>One warning for each part that the plan uses.</summary>
    public IEnumerable<Diagnostic> Check(JToken root)
    {
        foreach (var (path, sentence) in Parts)
        {
            if (root.SelectToken(path) is { } token && token is not JArray { Count: 0 })
            {
                yield return places.Report(
                    PlanDiagnostics.NotCarriedOut, token.Parent is JProperty property ? property : token,
                    $"{sentence} is not carried out by this version. The part is checked and otherwise left out.");
            }
        }

        foreach (var rule in root.SelectToken("match.order")?.Children() ?? [])
        {
            if ((string?)rule is "domainSam" or "adAttribute")
            {
                yield return places.Report(
                    PlanDiagnostics.NotCarriedOut, rule, "Matching by this rule is not carried out by this version. The other rules are.");
            }
        }
    }
}
