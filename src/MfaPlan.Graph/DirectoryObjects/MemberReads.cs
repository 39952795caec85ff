using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.DirectoryObjects;

/// <summary>Reads the users in a group, nested groups included, page by page. Past the SDK, whose models cost kilobytes a user.</summary>
internal sealed class MemberReads(GraphConnection graph)
{
    /// <summary>The users, each once.</summary>
    /// <exception cref="TenantReadException">The group could not be read to its end.</exception>
    public async IAsyncEnumerable<DirectoryUser> ReadAsync(Guid group, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<Guid>();
        var users = new Users();
        await foreach (var page in PagesAsync(group, Users.Select, cancellationToken))
        {
            foreach (var user in page)
            {
                if (seen.Add(user.Id))
                {
                    yield return Whole(users, user);
                }
            }
        }
    }

    /// <summary>Their object ids.</summary>
    /// <exception cref="TenantReadException">The group could not be read to its end.</exception>
    public async Task<ImmutableHashSet<Guid>> ReadIdsAsync(Guid group, CancellationToken cancellationToken)
    {
        var ids = ImmutableHashSet.CreateBuilder<Guid>();
        await foreach (var page in PagesAsync(group, "id", cancellationToken))
        {
            ids.UnionWith(page.Select(static user => user.Id));
        }

        return ids.ToImmutable();
    }

    private static DirectoryUser Whole(Users users, UserObject user)
    {
        try
        {
            return users.Of(user);
        }
        catch (ReadFailedException hidden)
        {
            throw new TenantReadException(hidden.Code, hidden);
        }
    }

    private async IAsyncEnumerable<List<UserObject>> PagesAsync(
        Guid group, string select, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var trail = graph.NewTrail();
        var address = graph.At($"/v1.0/groups/{group:D}/transitiveMembers/microsoft.graph.user?$count=true&$select={select}&$top=999");
        while (address is not null)
        {
            var (users, next) = await PageAsync(trail, address, cancellationToken);
            yield return users;
            address = next;
        }
    }

    private async Task<(List<UserObject> Users, Uri? Next)> PageAsync(LinkTrail trail, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            // The link does not carry the header: without it the next page would be refused or counted otherwise.
            var page = await graph.GetAsync(address, GraphJson.Default.UserPage, cancellationToken, eventual: true);
            return (page.Value, trail.Follow(page.NextLink));
        }
        catch (ReadFailedException failure)
        {
            throw new TenantReadException(failure.Code, failure);
        }
    }
}
