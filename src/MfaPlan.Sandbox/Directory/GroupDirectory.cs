namespace MfaPlan.Sandbox.Directory;

/// <summary>All groups, in the order of the file. Groups are neither created nor deleted.</summary>
internal sealed class GroupDirectory(IReadOnlyList<SandboxGroup> groups)
{
    private readonly Dictionary<string, SandboxGroup> _byId =
        groups.ToDictionary(static group => group.Id, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<SandboxGroup> All => groups;

    public SandboxGroup? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The members of a group through nested groups, as seen at an instant.</summary>
    public GroupMembers Flatten(SandboxGroup group, DateTimeOffset now)
    {
        var direct = group.Members.Seen(now);
        if (direct.Groups.IsEmpty)
        {
            return direct;
        }

        if (group.Flat is { } known && known.IsTrueAt(now))
        {
            return known.Members;
        }

        var from = new List<(SandboxGroup, GroupMembers)>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { group.Id };
        var open = new Queue<SandboxGroup>([group]);
        var users = direct.Users;
        while (open.TryDequeue(out var next))
        {
            var members = next.Members.Seen(now);
            from.Add((next, members));
            users = users.Union(members.Users);
            foreach (var id in members.Groups)
            {
                if (seen.Add(id) && Find(id) is { } nested)
                {
                    open.Enqueue(nested);
                }
            }
        }

        seen.Remove(group.Id);
        var flat = GroupMembers.None with { Users = users, Groups = direct.Groups.Union(seen) };
        group.Flat = new(from, flat);
        return flat;
    }

    /// <summary>Whether a user is in a group, directly or through nested groups, by the newest state.</summary>
    public bool IsMember(string groupId, string userId)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { groupId };
        var open = new Queue<string>([groupId]);
        while (open.TryDequeue(out var id))
        {
            if (Find(id) is not { } group)
            {
                continue;
            }

            var members = group.Members.Current;
            if (members.Users.Contains(userId))
            {
                return true;
            }

            foreach (var nested in members.Groups)
            {
                if (seen.Add(nested))
                {
                    open.Enqueue(nested);
                }
            }
        }

        return false;
    }
}
