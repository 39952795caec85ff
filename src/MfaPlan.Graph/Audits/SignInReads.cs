using System.Globalization;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Audits;

/// <summary>
/// Reads interactive sign-ins, the newest first, at the pace of the reports budget (5 requests in 10 s for the tenant). On beta, which alone has the steps of
/// authentication: Microsoft may change it.
/// </summary>
/// <seealso href="https://learn.microsoft.com/graph/api/signin-list?view=graph-rest-beta"/>
internal sealed class SignInReads(GraphConnection graph) : ISignInLog
{
    /// <summary>The most that the service gives in one page.</summary>
    private const int PageSize = 1000;

    /// <summary>A request for each user is quicker than the sign-ins of the whole tenant while there are few; at one in two seconds these take ten minutes.</summary>
    private const int MostAskedOneByOne = 300;

    // Only what is used: no names, addresses or places.
    private const string Columns = "userId,createdDateTime,status,authenticationRequirement,authenticationDetails,tokenIssuerType";

    /// <inheritdoc/>
    public Task<Observed<SignInCoverage>> CoverAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult<Observed<SignInCoverage>>(
        new Observed<SignInCoverage>.Seen(new SignInCoverage(now - SignInRule.Retention, now, "graph"), now));

    /// <inheritdoc/>
    public Task<Observed<long>> ReadAsync(
        GateWindow span, IReadOnlyCollection<Guid> users, Action<SignInFact> take, CancellationToken cancellationToken) =>
        Observing.SeeAsync(graph.Clock, async () =>
        {
            // In whole seconds, rather too wide than too narrow; who counts has the exact span.
            var time = string.Create(
                CultureInfo.InvariantCulture,
                $"createdDateTime ge {span.From.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} and createdDateTime le {span.Until.UtcDateTime.AddSeconds(1):yyyy-MM-dd'T'HH:mm:ss'Z'}");
            if (users.Count > MostAskedOneByOne)
            {
                return await ReadPagesAsync(time, take, cancellationToken);
            }

            long read = 0;
            foreach (var user in users.Order())
            {
                read += await ReadPagesAsync($"{time} and userId eq '{user:D}'", take, cancellationToken);
            }

            return read;
        });

    private async Task<long> ReadPagesAsync(string filter, Action<SignInFact> take, CancellationToken cancellationToken)
    {
        var trail = graph.NewTrail();
        var address = graph.At(string.Create(
            CultureInfo.InvariantCulture, $"/beta/auditLogs/signIns?$filter={Uri.EscapeDataString(filter)}&$select={Columns}&$top={PageSize}"));
        long read = 0;
        for (Uri? next = address; next is not null;)
        {
            var page = await graph.GetAsync(next, GraphJson.Default.SignInPage, cancellationToken);
            foreach (var row in page.Value)
            {
                take(row.ToFact() ?? throw new ReadFailedException(TransportCode.InvalidAnswer, 0));
                read++;
            }

            next = trail.Follow(page.NextLink);
        }

        return read;
    }
}
