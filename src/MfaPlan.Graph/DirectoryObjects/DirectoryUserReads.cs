using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.DirectoryObjects;

/// <summary>
/// Reads the enabled users of domains, page by page. The whole directory is read and compared here: <c>endsWith</c> on the principal name is an
/// advanced query, answered from an index that may lag behind the directory, and whom it has not yet is exactly whom a proof must not miss.
/// </summary>
/// <seealso href="https://learn.microsoft.com/graph/aad-advanced-queries"/>
internal sealed class DirectoryUserReads(GraphConnection graph)
{
    /// <summary>The users, each once.</summary>
    /// <exception cref="TenantReadException">The directory could not be read to its end.</exception>
    public async IAsyncEnumerable<DirectoryUser> ReadAsync(
        ImmutableArray<string> domains, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var users = new Users();
        var seen = new HashSet<Guid>();
        var trail = graph.NewTrail();
        for (var address = graph.At($"/v1.0/users?$select={Users.Select}&$top=999"); address is not null;)
        {
            var (page, next) = await PageAsync(trail, address, users, cancellationToken);
            foreach (var user in page)
            {
                if (user.Enabled && IsOf(user, domains) && seen.Add(user.Id))
                {
                    yield return user;
                }
            }

            address = next;
        }
    }

    private static bool IsOf(DirectoryUser user, ImmutableArray<string> domains)
    {
        var domain = user.PrincipalName.Domain;
        return domains.Any(root => RoutedDomains.IsWithin(domain, root));
    }

    private async Task<(List<DirectoryUser> Users, Uri? Next)> PageAsync(
        LinkTrail trail, Uri address, Users users, CancellationToken cancellationToken)
    {
        try
        {
            var page = await graph.GetAsync(address, GraphJson.Default.UserPage, cancellationToken);
            return ([.. page.Value.Select(users.Of)], trail.Follow(page.NextLink));
        }
        catch (ReadFailedException failure)
        {
            throw new TenantReadException(failure.Code, failure);
        }
    }
}
