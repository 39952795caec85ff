using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Reports;
using Spectre.Console;

namespace MfaPlan.Cli.Rendering;

/// <summary>What was proved about moving one user, and what the guards of such a stage would say of it.</summary>
/// <param name="console">Where to.</param>
internal sealed class ProofScreen(IAnsiConsole console)
{
    /// <summary>Shows a proof.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="leftOut">Why the user is not moved; null where it may be.</param>
    /// <param name="guards">The guards, as over a stage of this user alone.</param>
    public void Show(UserProof proof, Finding? leftOut, IEnumerable<GuardResult> guards)
    {
        console.WriteLine();
        console.MarkupLine("[bold]If the user is moved to Entra MFA[/]");
        console.WriteLine(proof.Usability is { } usability
            ? $"  usable now {Word(usability.Now)}, after the plan {Word(usability.After)}, after what Microsoft retires {Word(usability.Survives)}"
            : "  usable   not judged");
        var screen = new PreviewScreen(console);
        var demanded = proof.Demand is MfaDemand.By by ? ProofFindings.Demanded.Found().With("policy", by.Policy.Label) : null;
        foreach (var finding in new[] { leftOut, demanded }.OfType<Finding>().Concat(proof.Findings))
        {
            screen.ShowFinding(FindingReport.Of(finding, reveal: false));
        }

        foreach (var guard in guards)
        {
            screen.ShowGuard(guard);
        }
    }

    private static string Word(bool value) => value ? "yes" : "no";
}
