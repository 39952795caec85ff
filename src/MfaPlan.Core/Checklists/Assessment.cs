using System.Collections.Immutable;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Checklists;

/// <summary>What still depends on MFA Server: the guide's tables row by row, the plan's dependencies, the steps by hand.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Counts">What the source shows.</param>
/// <param name="Rows">In the guide's order.</param>
/// <param name="Dependencies">As the plan lists them.</param>
/// <param name="Steps">In the guide's order.</param>
public sealed record Assessment(
    string Plan, SourceCounts Counts, ImmutableArray<AssessedRow> Rows, ImmutableArray<Dependency> Dependencies, ImmutableArray<ItemOpinion> Steps)
{
    /// <summary>Whether no row blocks, none is unanswered, and no dependency is open.</summary>
    public bool IsClear => Of(RowVerdict.Blocking) == 0 && Of(RowVerdict.NotAnswered) == 0
        && Dependencies.All(static dependency => dependency.Status == DependencyStatus.Done);

    /// <summary>How many rows have a verdict.</summary>
    public int Of(RowVerdict verdict) => Rows.Count(row => row.Verdict == verdict);

    /// <summary>A verdict for people.</summary>
    public static string WordOf(RowVerdict verdict) => verdict switch
    {
        RowVerdict.CarriedOver => "carried over",
        RowVerdict.NothingToDo => "nothing to do",
        RowVerdict.ByHand => "by hand",
        RowVerdict.Blocking => "blocking",
        _ => "not answered",
    };
}
