using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.DirectoryObjects;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Routing;

/// <summary>Reads who is directly in a group, and which of some groups a user is in.</summary>
internal sealed class MembershipReads(GraphConnection graph)
{
    private const string UserType = "#microsoft.graph.user";

    /// <summary>All direct members. A member whose kind the service does not tell is no user.</summary>
    public async Task<GroupContent> ContentAsync(Guid group, CancellationToken cancellationToken)
    {
        var users = ImmutableHashSet.CreateBuilder<Guid>();
        var others = ImmutableArray.CreateBuilder<Guid>();
        var trail = graph.NewTrail();
        for (var address = graph.At($"/v1.0/groups/{group:D}/members?$select=id&$top=999"); address is not null;)
        {
            var page = await graph.GetAsync(address, GraphJson.Default.DirectoryObjectPage, cancellationToken);
            foreach (var row in page.Value)
            {
                if (row.Type == UserType)
                {
                    users.Add(row.Id);
                }
                else
                {
                    others.Add(row.Id);
                }
            }

            address = trail.Follow(page.NextLink);
        }

        return new GroupContent(users.ToImmutable(), others.ToImmutable());
    }

    /// <summary>Which of the groups a user is in, directly or through nested ones.</summary>
    /// <seealso href="https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups"/>
    public async Task<ImmutableHashSet<Guid>> OfUserAsync(Guid user, ImmutableArray<Guid> groups, CancellationToken cancellationToken) =>
        [.. (await graph.AskAsync(
            graph.At($"/v1.0{UserAddress.Of(user)}/checkMemberGroups"),
            new GroupIds(groups),
            GraphJson.Default.GroupIds,
            GraphJson.Default.GroupIdsAnswer,
            cancellationToken)).Value];
}
