using System.Collections.Immutable;
using MfaPlan.Core.Guards;

namespace MfaPlan.Core.Changes;

/// <summary>The last line of a change set: what its units add up to, and what the guards say.</summary>
/// <param name="Totals">Counts over the units.</param>
/// <param name="Guards">Every guard's word, in order of code.</param>
public sealed record ChangeSetFooter(Totals Totals, ImmutableArray<GuardResult> Guards)
{
    /// <summary>The word on the whole: a refusal outweighs an unknown.</summary>
    public GuardVerdict Verdict => Guards.IsEmpty ? GuardVerdict.Holds : Guards.Max(static guard => guard.Verdict);
}
