using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Waves;

namespace MfaPlan.Core.Reports;

/// <summary>A policy of a change set for a reader: what is written for the whole tenant, and what was found.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="Changes">What changes.</param>
/// <param name="Findings">What was found.</param>
public sealed record PolicyReport(string Unit, ImmutableArray<ChangeReport> Changes, ImmutableArray<FindingReport> Findings)
{
    /// <summary>Each tenant-wide write in one sentence with its user count, what of it cannot be undone, and whether legacy policies still count.</summary>
    public IEnumerable<string> Sentences => Findings
        .Where(static finding => finding.Code == FindingCatalog.TenantWide.Code || finding.Code == FindingCatalog.CampaignWide.Code
            || finding.Code == FindingCatalog.LegacyPolicies.Code || finding.Code == RoutingFindings.RolloutWide.Code
            || finding.Code == CutOverFindings.Switch.Code || finding.Code == CutOverFindings.NoWayBack.Code)
        .Select(static finding => finding.Message);

    /// <summary>The report of a unit.</summary>
    /// <param name="unit">A policy's unit, which holds no personal data.</param>
    public static PolicyReport Of(Unit unit) => new(
        unit.Id.ToString(),
        [.. unit.Changes.Select(static change => ChangeReport.Of(change, reveal: false))],
        [.. unit.Findings.Select(static finding => FindingReport.Of(finding, reveal: false))]);
}
