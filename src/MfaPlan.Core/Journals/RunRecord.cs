using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>A run as the journal tells it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Digest">The change set's digest.</param>
/// <param name="Plan">The plan's name.</param>
/// <param name="PlanDigest">The plan file's digest.</param>
/// <param name="Stage">As <see cref="StageId.ToText"/> writes it.</param>
/// <param name="Purpose">A word of <see cref="RunPurpose"/>.</param>
/// <param name="Undoes">The run that it rolls back.</param>
/// <param name="At">When it began.</param>
/// <param name="Result">A word of <see cref="RunResult"/>; null while it is open.</param>
/// <param name="Units">How many units are settled.</param>
/// <param name="Outcomes">How many changes ended how, by <see cref="ChangeOutcome.Word"/>; a unit's last settle
/// counts.</param>
public sealed record RunRecord(
    string Id,
    string Digest,
    string Plan,
    string PlanDigest,
    string Stage,
    string Purpose,
    string? Undoes,
    DateTimeOffset At,
    string? Result,
    int Units,
    ImmutableSortedDictionary<string, int> Outcomes)
{
    /// <summary>Units of which it applied something, and a rollback may therefore undo something.</summary>
    public int Applied { get; init; }

    /// <summary>Units every change of which is in place.</summary>
    public int InPlace { get; init; }

    /// <summary>Users of whom something had changed since the preview, and who were therefore left alone.</summary>
    public int Moved { get; init; }

    /// <summary>When it was closed, behind its last write; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}
