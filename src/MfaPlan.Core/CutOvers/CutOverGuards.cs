using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.CutOvers;

/// <summary>The guards over a cut-over and its way back: codes MFP3196 to MFP3199.</summary>
public static class CutOverGuards
{
    /// <summary>A domain that cannot be switched.</summary>
    public static readonly DiagnosticDescriptor DomainState = new("MFP3196", Severity.Error, "Domain of the cut-over");

    /// <summary>Users who would be locked out.</summary>
    public static readonly DiagnosticDescriptor LockedOut = new("MFP3197", Severity.Error, "Users locked out by the cut-over");

    /// <summary>No domain can be brought back.</summary>
    public static readonly DiagnosticDescriptor NoWayBack = new("MFP3198", Severity.Error, "No way back of the cut-over");

    /// <summary>No break-glass accounts are named.</summary>
    public static readonly DiagnosticDescriptor NoBreakGlass = new("MFP3199", Severity.Error, "Moved without break-glass accounts");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [DomainState, LockedOut, NoWayBack, NoBreakGlass];

    /// <summary>The guards over a cut-over.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="totals">What the units add up to: users whom it moves, those locked out in <see cref="Totals.LeftWithout"/>, administrators among them.</param>
    /// <param name="domains">The word on each domain.</param>
    /// <param name="others">The word of guards that others judge: what still leans on MFA Server, the checklist, who demands MFA.</param>
    /// <param name="breakGlass">The break-glass accounts as seen.</param>
    public static ImmutableArray<GuardResult> Judge(
        Plan plan, Totals totals, IEnumerable<GuardResult> domains, IEnumerable<GuardResult> others, ImmutableArray<BreakGlassAccount> breakGlass)
    {
        var results = ImmutableArray.CreateBuilder<GuardResult>();
        results.AddRange(JudgeNamed("cut-over", breakGlass));
        results.AddRange(GuardJudge.JudgeRouting(plan, totals, breakGlass));
        results.AddRange(domains);
        results.Add(JudgeUsers(totals));
        results.AddRange(others);
        return results.ToImmutable();
    }

    /// <summary>The guard over break-glass accounts that nobody named, for a stage that moves users; nothing where they are named.</summary>
    /// <param name="stage">The stage in a word, after "after the".</param>
    /// <param name="breakGlass">The break-glass accounts as seen.</param>
    public static ImmutableArray<GuardResult> JudgeNamed(string stage, ImmutableArray<BreakGlassAccount> breakGlass) => breakGlass.IsEmpty
        ?
        [
            new(NoBreakGlass.Code, GuardVerdict.Refuses,
                $"The plan names no break-glass accounts, and after the {stage} nobody could come to the aid of whoever is locked out. Name two in protect.breakGlass."),
        ]
        : [];

    /// <summary>The guards over the way back of a cut-over: a domain that cannot be brought back holds no other up, but where none can it is refused.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="totals">What the units of the domains add up to.</param>
    /// <param name="units">The units of the domains.</param>
    /// <param name="breakGlass">The break-glass accounts as seen.</param>
    public static ImmutableArray<GuardResult> JudgeBack(
        Plan plan, Totals totals, IReadOnlyCollection<Unit> units, ImmutableArray<BreakGlassAccount> breakGlass)
    {
        var stuck = units.Where(static unit => unit.Changes.IsEmpty && unit.Findings.Any(static finding => finding.Code == CutOverFindings.NoWayBack.Code))
            .Select(static unit => unit.Id.Name).Order(StringComparer.Ordinal).ToList();
        var back = stuck.Count == 0
            ? new GuardResult(NoWayBack.Code, GuardVerdict.Holds, "No domain is kept from its way back.")
            : new GuardResult(
                NoWayBack.Code,
                totals.Changed == 0 ? GuardVerdict.Refuses : GuardVerdict.Holds,
                $"{string.Join(", ", stuck)} cannot be brought back to what was, and stays as it is; the findings of the domain say why.");
        return [.. GuardJudge.JudgeRouting(plan, totals, breakGlass), back];
    }

    private static GuardResult JudgeUsers(Totals totals) => totals.LeftWithout == 0
        ? new(LockedOut.Code, GuardVerdict.Holds,
            $"Of {Counted.Of(totals.Users, "enabled user")} whom the switch moves nobody is locked out by it: each can answer a demand of Entra"
            + (totals.Of(CutOverFindings.Accepted.Code) is > 0 and var accepted ? $", but {accepted} whom the exceptions accept." : "."))
        : new(LockedOut.Code, GuardVerdict.Refuses,
            $"{totals.LeftWithout} of {Counted.Of(totals.Users, "enabled user")} whom the switch moves would be locked out by it, and no exception in force accepts them. "
            + $"For one of them the whole stage is refused; their findings ({CutOverFindings.LockedOut.Code}) say what to do.");
}
