using System.Collections.Immutable;

namespace MfaPlan.Core.Changes;

/// <summary>The first line of a change set: what it was made from. No clock reading, no personal data.</summary>
/// <param name="Tenant">The tenant it is for.</param>
/// <param name="Plan">metadata.name of the plan.</param>
/// <param name="PlanDigest">SHA-256 (hex) of the plan's text.</param>
/// <param name="Stage">The stage it carries out.</param>
/// <param name="Purpose">Towards the plan, or back.</param>
/// <param name="Undoes">The run that a rollback undoes; null otherwise.</param>
/// <param name="Rules">The version of the rules that made it.</param>
/// <param name="ClosedRuns">Runs closed before it was made, so that an old approval cannot be used again after a rollback.</param>
/// <param name="Inputs">What it was judged by, by name.</param>
public sealed record ChangeSetHeader(
    Guid Tenant,
    string Plan,
    string PlanDigest,
    StageId Stage,
    ChangeSetPurpose Purpose,
    string? Undoes,
    int Rules,
    int ClosedRuns,
    ImmutableArray<ChangeSetInput> Inputs)
{
    /// <summary>An earlier stage still has changes: this is what the stage would be after it, for reading only. It cannot be applied.</summary>
    public bool Forecast { get; init; }
}
