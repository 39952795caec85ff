using System.Collections.Immutable;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Evidence;

/// <summary>What journal and change sets of a pack say together.</summary>
/// <param name="ChangeSets">The change sets that hold, in ordinal order of digest.</param>
/// <param name="Runs">The runs, the oldest first.</param>
/// <param name="Records">The same, counted.</param>
/// <param name="Journal">How far the journal goes.</param>
/// <param name="JournalHolds">Whether its chain holds to its end.</param>
/// <param name="Writes">How many rows the table of writes has.</param>
/// <param name="FirstWrites">The first rows, for the summary.</param>
/// <param name="Gates">The judgements of gates, the oldest first.</param>
public sealed record PackContents(
    ImmutableArray<CanonicalChangeSet> ChangeSets,
    ImmutableArray<RunFacts> Runs,
    ImmutableArray<RunRecord> Records,
    JournalFacts Journal,
    bool JournalHolds,
    long Writes,
    ImmutableArray<WriteRow> FirstWrites,
    ImmutableArray<GateFacts> Gates);
