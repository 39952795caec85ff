using System.Collections.Immutable;

namespace MfaPlan.Core.Approvals;

/// <summary>Whether what was demanded is approved.</summary>
/// <param name="Signers">The different people whose approvals count.</param>
/// <param name="Needed">How many are needed.</param>
/// <param name="Opinions">One for each approval, by name.</param>
public sealed record ApprovalVerdict(int Signers, int Needed, ImmutableArray<ApprovalOpinion> Opinions)
{
    /// <summary>Whether it may be applied.</summary>
    public bool Opens => Signers >= Math.Max(1, Needed);
}
