using System.Collections.Immutable;

namespace MfaPlan.Sandbox.Directory;

/// <summary>The direct members of a group, in the order of their ids.</summary>
internal sealed record GroupMembers(ImmutableSortedSet<string> Users, ImmutableSortedSet<string> Groups)
{
    private static readonly ImmutableSortedSet<string> NoIds =
        ImmutableSortedSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    public static GroupMembers None { get; } = new(NoIds, NoIds);

    public int Count => Users.Count + Groups.Count;

    public bool Contains(string id) => Users.Contains(id) || Groups.Contains(id);

    public static GroupMembers Of(IEnumerable<string> users, IEnumerable<string> groups) =>
        new(NoIds.Union(users), NoIds.Union(groups));
}
