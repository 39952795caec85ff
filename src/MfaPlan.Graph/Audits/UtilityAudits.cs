using System.Collections.Immutable;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Audits;

/// <summary>What Microsoft's own migration utility wrote, as far as the directory audit still has it: a month at most.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/directoryaudit"/>
/// <seealso href="https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-server-migration-utility"/>
internal sealed class UtilityAudits(GraphConnection graph)
{
    // The utility writes as this application. At one page in two seconds, more pages than these would hold up a preview for what it only tells.
    private const string Filter = "initiatedBy/app/displayName eq 'Azure MFA Management'";
    private const int MostPages = 20;

    /// <summary>The users it wrote to, each with the newest time.</summary>
    /// <exception cref="ReadFailedException">The audit could not be read, or has more entries than are worth reading.</exception>
    public async Task<ImmutableDictionary<Guid, DateTimeOffset>> ReadAsync(CancellationToken cancellationToken)
    {
        var found = ImmutableDictionary.CreateBuilder<Guid, DateTimeOffset>();
        var trail = graph.NewTrail();
        var address = graph.At($"/v1.0/auditLogs/directoryAudits?$filter={Uri.EscapeDataString(Filter)}&$top=999");
        for (var pages = 0; address is not null; pages++)
        {
            if (pages == MostPages)
            {
                throw new ReadFailedException("TooManyEntries", 0);
            }

            var page = await graph.GetAsync(address, GraphJson.Default.AuditPage, cancellationToken);
            foreach (var row in page.Value)
            {
                foreach (var target in row.TargetResources ?? [])
                {
                    if (Guid.TryParse(target.Id, out var user) && row.ActivityDateTime is { } at
                        && (!found.TryGetValue(user, out var newest) || at > newest))
                    {
                        found[user] = at;
                    }
                }
            }

            address = trail.Follow(page.NextLink);
        }

        return found.ToImmutable();
    }
}
