using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;

namespace MfaPlan.Engine.Previewing;

/// <summary>What a preview goes by.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="PlanDigest">SHA-256 (hex) of its text.</param>
/// <param name="Source">The on-premises data.</param>
/// <param name="Ledger">What the journal says so far.</param>
/// <param name="Salt">32 random bytes for the sealed file.</param>
public sealed record PreviewRequest(Plan Plan, string PlanDigest, SourceData Source, Ledger Ledger, ReadOnlyMemory<byte> Salt)
{
    /// <summary>Now, by the tenant's clock: what Microsoft retires, and until when the plan accepts something, is judged by it.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The stage to preview; null for the next: prepare while it has changes, else migrate.</summary>
    public StageId? Stage { get; init; }

    /// <summary>The guide's steps as they stand; null where the plan keeps no answers.</summary>
    public ChecklistView? Checklist { get; init; }

    /// <summary>What a cut-over is judged by besides plan and tenant; other stages do not look at it.</summary>
    public CutOverTerms CutOver { get; init; } = CutOverTerms.None;

    /// <summary>Whether and how what is read is noted, so that a killed preview goes on; null notes nothing.</summary>
    public SpoolTerms? Spool { get; init; }
}
