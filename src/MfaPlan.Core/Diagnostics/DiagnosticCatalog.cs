using System.Collections.Immutable;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Core.Diagnostics;

/// <summary>Every diagnostic and finding of the core.</summary>
public static class DiagnosticCatalog
{
    /// <summary>All descriptors, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        .. SyntaxDiagnostics.All
            .Concat(PlanDiagnostics.All)
            .Concat(FindingCatalog.Descriptors)
            .Concat(GuardDiagnostics.All)
            .Concat(CutOverGuards.All)
            .Concat(SourceDiagnostics.All)
            .Concat(RecordDiagnostics.All)
            .Concat(TokenDiagnostics.All)
            .Concat(ApprovalDiagnostics.All)
            .Concat(EvidenceDiagnostics.All)
            .Concat(ChecklistDiagnostics.Reading)
            .Concat(ChecklistDiagnostics.Guards)
            .Concat(ChecklistDiagnostics.Files)
            .Concat(GateDiagnostics.All)
            .Concat(WatchDiagnostics.All)
            .OrderBy(static descriptor => descriptor.Code, StringComparer.Ordinal),
    ];
}
