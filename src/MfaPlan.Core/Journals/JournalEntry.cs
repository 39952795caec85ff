using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>
/// What one line of the journal says; number, epoch and hash are added by the journal. No entry can hold personal data:
/// object ids, codes, outcomes, times and keyed fingerprints only, see <see cref="JournalLines.Check"/>.
/// </summary>
public abstract record JournalEntry
{
    private JournalEntry(DateTimeOffset at) => At = at;

    /// <summary>When it happened; kept in UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>A run begins. There is at most one open run.</summary>
    /// <param name="At">See <see cref="JournalEntry.At"/>.</param>
    /// <param name="RunId">Names the run in every later line.</param>
    /// <param name="Digest">The digest of the change set that is carried out.</param>
    /// <param name="Plan">The plan's name.</param>
    /// <param name="PlanDigest">The digest of the plan file.</param>
    /// <param name="Stage">As <see cref="StageId.ToText"/> writes it.</param>
    /// <param name="Purpose"><see cref="RunPurpose.Apply"/> or <see cref="RunPurpose.Rollback"/>.</param>
    /// <param name="Undoes">The run that is rolled back; null for apply.</param>
    /// <param name="Holder">Who holds the lock.</param>
    public sealed record Run(
        DateTimeOffset At,
        string RunId,
        string Digest,
        string Plan,
        string PlanDigest,
        string Stage,
        string Purpose,
        string? Undoes,
        string Holder)
        : JournalEntry(At);

    /// <summary>The changes of a unit are about to be sent.</summary>
    /// <param name="At">See <see cref="JournalEntry.At"/>.</param>
    /// <param name="RunId">The open run.</param>
    /// <param name="Unit">The unit.</param>
    /// <param name="Changes">The ids of its changes that may be sent, in order.</param>
    public sealed record Begin(DateTimeOffset At, string RunId, UnitId Unit, ImmutableArray<string> Changes) : JournalEntry(At)
    {
        /// <inheritdoc/>
        public bool Equals(Begin? other) =>
            other is not null && At == other.At && RunId == other.RunId && Unit == other.Unit
            && Changes.AsSpan().SequenceEqual(other.Changes.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(At, RunId, Unit, Changes.Length);
    }

    /// <summary>What became of a unit's changes.</summary>
    /// <param name="At">See <see cref="JournalEntry.At"/>.</param>
    /// <param name="RunId">The open run.</param>
    /// <param name="Unit">The unit.</param>
    /// <param name="Outcomes">One for every change of the unit, in order.</param>
    /// <param name="Source">The keyed fingerprint of the source record that decided; null where there is none.</param>
    public sealed record Settle(DateTimeOffset At, string RunId, UnitId Unit, ImmutableArray<ChangeSettled> Outcomes, string? Source)
        : JournalEntry(At)
    {
        /// <inheritdoc/>
        public bool Equals(Settle? other) =>
            other is not null && At == other.At && RunId == other.RunId && Unit == other.Unit && Source == other.Source
            && Outcomes.AsSpan().SequenceEqual(other.Outcomes.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(At, RunId, Unit, Outcomes.Length, Source);
    }

    /// <summary>A gate was judged; see <see cref="Gates.GateReading"/>.</summary>
    /// <param name="At">See <see cref="JournalEntry.At"/>.</param>
    /// <param name="Stage">The stage whose gate it is, as <see cref="StageId.ToText"/> writes it.</param>
    /// <param name="Result">The decision's word.</param>
    /// <param name="Query">The digest of what was asked.</param>
    /// <param name="Sample">The digest of what was answered.</param>
    public sealed record Gate(DateTimeOffset At, string Stage, string Result, string Query, string Sample) : JournalEntry(At);

    /// <summary>A run ends.</summary>
    /// <param name="At">See <see cref="JournalEntry.At"/>.</param>
    /// <param name="RunId">The open run.</param>
    /// <param name="Result">A word of <see cref="RunResult"/>.</param>
    public sealed record Close(DateTimeOffset At, string RunId, string Result) : JournalEntry(At);

    /// <summary>A session found the open run of another holder and goes on with it.</summary>
    /// <param name="At">See <see cref="JournalEntry.At"/>.</param>
    /// <param name="Holder">Who holds the lock now.</param>
    /// <param name="From">Who held it when the run was last written to.</param>
    public sealed record Takeover(DateTimeOffset At, string Holder, string From) : JournalEntry(At);

    /// <summary>A bad last line was saved aside and cut.</summary>
    /// <param name="At">See <see cref="JournalEntry.At"/>.</param>
    /// <param name="SavedAs">The file beside the segments that keeps the bytes.</param>
    /// <param name="Bytes">How many.</param>
    public sealed record Recovered(DateTimeOffset At, string SavedAs, int Bytes) : JournalEntry(At);

    /// <summary>The first line of every segment.</summary>
    /// <param name="At">See <see cref="JournalEntry.At"/>.</param>
    /// <param name="Number">From 1; the segment's file name.</param>
    /// <param name="Previous">The last hash of the segment before; null in the first.</param>
    public sealed record Segment(DateTimeOffset At, int Number, string? Previous) : JournalEntry(At);
}
