using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Applying;

/// <summary>Whom a change of the staged rollout concerns at once.</summary>
internal static class GroupUsers
{
    /// <summary>The users of groups, together; or the code of the first read that failed, and then nothing is known.</summary>
    public static async Task<(ImmutableHashSet<Guid> Users, string? Unread)> ReadAsync(
        ITenantReader tenant, IEnumerable<Guid> groups, CancellationToken cancellationToken)
    {
        var users = ImmutableHashSet.CreateBuilder<Guid>();
        foreach (var group in groups.Order())
        {
            switch (await tenant.ReadGroupContentAsync(group, cancellationToken))
            {
                case Observed<GroupContent>.Seen seen:
                    users.UnionWith(seen.Value.Users);
                    break;
                case Observed<GroupContent>.Unknown unknown:
                    return ([], unknown.Code);
            }
        }

        return (users.ToImmutable(), null);
    }
}
