using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using Microsoft.Graph.Models;

namespace MfaPlan.Graph.Audits;

/// <summary>Reads the directory's audit log.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/directoryaudit-list"/>
internal sealed class AuditReads(GraphConnection graph)
{
    private const int Newest = 25;

    /// <summary>The newest lines about a user, those first; not all of them where there are many.</summary>
    public async Task<ImmutableArray<AuditEntry>> ReadAsync(Guid user, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var page = await graph.Sdk.AuditLogs.DirectoryAudits.GetAsync(
            request =>
            {
                request.QueryParameters.Filter = string.Create(
                    CultureInfo.InvariantCulture,
                    $"activityDateTime ge {since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} and targetResources/any(t:t/id eq '{user:D}')");
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

    private static AuditEntry Of(DirectoryAudit row) => new(
        row.ActivityDateTime.GetValueOrDefault(),
        row.ActivityDisplayName ?? "",
        row.InitiatedBy?.User?.UserPrincipalName is { Length: > 0 } person ? new PersonalName(person) : null,
        row.InitiatedBy?.App?.DisplayName ?? row.InitiatedBy?.App?.AppId);
}
