using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;

namespace MfaPlan.Core.CutOvers;

/// <summary>What a cut-over is judged by besides plan and tenant.</summary>
/// <param name="Exceptions">The rows of <c>cutOver.exceptions</c> that could be read.</param>
/// <param name="Today">The day, UTC, by which exceptions expire.</param>
public sealed record CutOverTerms(ImmutableArray<AcceptedUser> Exceptions, DateOnly Today)
{
    /// <summary>No exceptions, and nothing that others judged.</summary>
    public static CutOverTerms None { get; } = new([], DateOnly.MinValue);

    /// <summary>The file of the exceptions as an input of the change set; null where the plan names none.</summary>
    public ChangeSetInput? File { get; init; }

    /// <summary>The word of guards that are judged elsewhere: what still leans on MFA Server, the checklist, who demands MFA.</summary>
    public ImmutableArray<GuardResult> Others { get; init; } = [];

    /// <summary>How a user is judged whom the cut-over moves.</summary>
    public RoutingProof Proof { get; init; } = RoutingProofs.Usable;
}
