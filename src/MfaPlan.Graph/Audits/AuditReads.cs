using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using Microsoft.Graph.Models;

namespace MfaPlan.Graph.Audits;

/// <summary>Reads the directory's audit log.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/directoryaudit-list"/>
/// <seealso href="https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities"/>
internal sealed class AuditReads(GraphConnection graph)
{
    private const int Newest = 25;

    /// <summary>The newest lines about a unit's target, those first; not all of them where there are many.</summary>
    public async Task<ImmutableArray<AuditEntry>> ReadAsync(UnitId unit, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var page = await graph.Sdk.AuditLogs.DirectoryAudits.GetAsync(
            request =>
            {
                request.QueryParameters.Filter = string.Create(
                    CultureInfo.InvariantCulture,
                    $"activityDateTime ge {since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} and {About(unit)}");
                request.QueryParameters.Top = Newest;
            },
            cancellationToken);
        var rows = page?.Value ?? throw new ReadFailedException(TransportCode.InvalidAnswer, 0);
        return
        [
            .. rows.Where(static row => row.Result is null or OperationResult.Success && row.ActivityDateTime is not null)
                .Select(static row => Of(row))
                .OrderByDescending(static entry => entry.At).ThenBy(static entry => entry.Activity, StringComparer.Ordinal),
        ];
    }

    // The policy has no object id that the log is known to keep. Its activities are documented: "Authentication Methods Policy Update" and "... Reset".
    private static string About(UnitId unit) => unit.Kind switch
    {
        UnitKind.User => $"targetResources/any(t:t/id eq '{unit.User:D}')",
        UnitKind.Policy => "startswith(activityDisplayName, 'Authentication Methods Policy')",
        _ => throw new InvalidOperationException("It is not known how the audit log names a unit of this kind."),
    };

    private static AuditEntry Of(DirectoryAudit row) => new(
        row.ActivityDateTime.GetValueOrDefault(),
        row.ActivityDisplayName ?? "",
        row.InitiatedBy?.User?.UserPrincipalName is { Length: > 0 } person ? new PersonalName(person) : null,
        row.InitiatedBy?.App?.DisplayName ?? row.InitiatedBy?.App?.AppId);
}
