using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.CutOvers;

/// <summary>What a cut-over is judged by besides plan and tenant.</summary>
/// <param name="Exceptions">The rows of <c>cutOver.exceptions</c> that could be read.</param>
/// <param name="Today">The day, UTC, by which exceptions expire.</param>
public sealed record CutOverTerms(ImmutableArray<AcceptedUser> Exceptions, DateOnly Today)
{
    /// <summary>No exceptions.</summary>
    public static CutOverTerms None { get; } = new([], DateOnly.MinValue);

    /// <summary>The file of the exceptions as an input of the change set; null where the plan names none.</summary>
    public ChangeSetInput? File { get; init; }
}
