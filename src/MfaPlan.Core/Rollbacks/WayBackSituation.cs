using System.Collections.Immutable;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Rollbacks;

/// <summary>Everything that the way back follows from.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Runs">What stands, in the order of <see cref="StandingRuns"/>.</param>
/// <param name="Checklist">The answers of the checklist; null where the plan keeps none.</param>
public sealed record WayBackSituation(Plan Plan, ImmutableArray<RunBack> Runs, ChecklistView? Checklist)
{
    /// <summary>Enabled users of each switched domain; one that is missing is not known.</summary>
    public ImmutableSortedDictionary<string, long> DomainUsers { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Users whose routing goes back, each once; null where not all are known.</summary>
    public long? Moved { get; init; }

    /// <summary>Users whose methods a migration that stands wrote to, each once; null where not all are known.</summary>
    public long? Migrated { get; init; }

    /// <summary>Whether a person carries out what is done to the staged rollout itself.</summary>
    public bool RolloutByHand { get; init; }
}
