using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>
/// The journal folded: runs, the open run's units, and what was migrated last. Made by <see cref="LedgerBuilder"/>;
/// does not change.
/// </summary>
public sealed class Ledger
{
    private readonly LedgerUnits _units;

    internal Ledger(
        ImmutableArray<RunRecord> runs, LedgerUnits units, int epoch, string? holder, long lastN, string lastHash, DateTimeOffset? lastAt)
    {
        Runs = runs;
        _units = units;
        Epoch = epoch;
        Holder = holder;
        LastN = lastN;
        LastHash = lastHash;
        LastAt = lastAt;
        OpenRun = runs is [.., { Result: null } last] ? last : null;
    }

    /// <summary>A journal without lines.</summary>
    public static Ledger Empty { get; } = new LedgerBuilder().Build();

    /// <summary>All runs, the oldest first.</summary>
    public ImmutableArray<RunRecord> Runs { get; }

    /// <summary>The run that is not closed; there is at most one.</summary>
    public RunRecord? OpenRun { get; }

    /// <summary>How many runs are closed.</summary>
    public int ClosedRuns => Runs.Length - (OpenRun is null ? 0 : 1);

    /// <summary>The newest judgement of each gate, in ordinal order of the stage's text.</summary>
    public ImmutableArray<JournalEntry.Gate> Gates { get; internal init; } = [];

    /// <summary>Domains that a cut-over switched and no rollback has brought back, by name.</summary>
    public ImmutableArray<SwitchedDomain> SwitchedDomains { get; internal init; } = [];

    /// <summary>The last writing session; 0 before the first.</summary>
    public int Epoch { get; }

    /// <summary>Who began the last run or took it over; null before the first.</summary>
    public string? Holder { get; }

    /// <summary>The number of the last line; 0 when there is none.</summary>
    public long LastN { get; }

    /// <summary>The hash of the last line; <see cref="JournalLines.Genesis"/> when there is none.</summary>
    public string LastHash { get; }

    /// <summary>When the last line was written; null when there is none.</summary>
    public DateTimeOffset? LastAt { get; }

    /// <summary>Units of the open run that are begun and not settled.</summary>
    public int UnsettledCount => _units.Unsettled;

    /// <summary>Units of the open run that are settled.</summary>
    public int SettledCount => OpenRun?.Units ?? 0;

    /// <summary>
    /// How far a unit of the open run is; null when it was not begun, or the run is not the open one.
    /// </summary>
    public UnitProgress? ProgressOf(string runId, UnitId unit) => OpenRun?.Id == runId ? _units.ProgressOf(unit) : null;

    /// <summary>
    /// Whether rollbacks, of single users, single domains or of the whole, have undone as many units as a run applied something to. Of domains it
    /// is known which: one that was brought back twice stands for no other.
    /// </summary>
    public bool IsUndone(RunRecord run) => Runs.Any(undo => undo.Undoes == run.Id)
        && (StageId.Parse(run.Stage) == StageId.CutOver
            ? SwitchedDomains.All(domain => domain.Run != run.Id)
            : Runs.Where(undo => undo.Undoes == run.Id).Sum(static undo => undo.InPlace) >= run.Applied);

    /// <summary>The units of the open run that are begun and not settled, in no order.</summary>
    public IEnumerable<UnitId> Unsettled() => _units.OpenUnits();

    /// <summary>
    /// The source fingerprint of the last settle, in a run for apply, that left every change of the unit in place. Null
    /// when there is none, or a rollback has since undone something of the unit.
    /// </summary>
    public string? LastMigrated(UnitId unit) => _units.LastMigrated(unit);

    /// <summary>What we wrote last to a unit's fields, rollbacks included; empty where nothing was.</summary>
    public WrittenValues WrittenTo(UnitId unit) => _units.WrittenTo(unit);

    /// <summary>
    /// When a change of a policy's unit was settled as applied; null when it never was by us, or a rollback has since undone it.
    /// </summary>
    /// <param name="unit">A policy's unit.</param>
    /// <param name="change">The change's id.</param>
    public DateTimeOffset? PolicyAppliedAt(UnitId unit, string change) => _units.PolicyAppliedAt(unit, change);

    /// <summary>
    /// How many changes of a run ended how, by <see cref="ChangeOutcome.Word"/>; empty for an unknown run.
    /// </summary>
    public IReadOnlyDictionary<string, int> OutcomesOf(string runId) =>
        Runs.FirstOrDefault(run => run.Id == runId)?.Outcomes ?? ImmutableSortedDictionary<string, int>.Empty;
}
