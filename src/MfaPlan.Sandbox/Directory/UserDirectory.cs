using MfaPlan.Sandbox.Queries;

namespace MfaPlan.Sandbox.Directory;

/// <summary>All users, in the order of the file, found by id, UPN and SID. Users are neither created nor
/// deleted.</summary>
internal sealed class UserDirectory
{
    private readonly Dictionary<string, SandboxUser> _byId;
    private readonly Dictionary<string, SandboxUser> _byName;
    private readonly Dictionary<string, SandboxUser> _bySid = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<SandboxUser[]> _sortedByName;

    public UserDirectory(IReadOnlyList<SandboxUser> users)
    {
        All = users;
        _byId = new(users.Count, StringComparer.OrdinalIgnoreCase);
        _byName = new(users.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var user in users)
        {
            _byId.Add(user.Id, user);
            _byName.Add(user.UserPrincipalName, user);
            if (user.SecurityIdentifier is { } sid)
            {
                _bySid.TryAdd(sid, user);
            }
        }

        _sortedByName = new(
            () => [.. users.OrderBy(static user => user.UserPrincipalName, StringComparer.OrdinalIgnoreCase)]);
    }

    public IReadOnlyList<SandboxUser> All { get; }

    /// <summary>The user by object id or user principal name.</summary>
    public SandboxUser? Find(string key) => _byId.GetValueOrDefault(key) ?? _byName.GetValueOrDefault(key);

    public SandboxUser? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The users an indexed part of the filter leaves, or null where only a walk through all can
    /// tell.</summary>
    public IReadOnlyList<SandboxUser>? Candidates(Filter filter) => filter switch
    {
        Filter.And and => Candidates(and.Left) ?? Candidates(and.Right),
        Filter.Or or => Candidates(or.Left) is { } left && Candidates(or.Right) is { } right
            ? [.. left.Union(right)]
            : null,
        Filter.Compare { Operator: "eq" } compare => Index(compare.Path) is { } index
            ? Found(index, [compare.Value])
            : null,
        Filter.In list => Index(list.Path) is { } index ? Found(index, list.Values) : null,
        Filter.Text { Function: "startswith", Path: "userPrincipalName" } text => StartingWith(text.Value),
        _ => null,
    };

    private static List<SandboxUser> Found(
        Dictionary<string, SandboxUser> index,
        IReadOnlyList<FilterLiteral> values) =>
        [.. values.Select(value => index.GetValueOrDefault(value.Text)).OfType<SandboxUser>().Distinct()];

    private Dictionary<string, SandboxUser>? Index(string path) => path switch
    {
        "id" => _byId,
        "userPrincipalName" => _byName,
        "onPremisesSecurityIdentifier" => _bySid,
        _ => null,
    };

    private List<SandboxUser> StartingWith(string prefix)
    {
        var sorted = _sortedByName.Value;
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.Compare(sorted[middle].UserPrincipalName, prefix, StringComparison.OrdinalIgnoreCase) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var found = new List<SandboxUser>();
        while (low < sorted.Length
            && sorted[low].UserPrincipalName.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            found.Add(sorted[low++]);
        }

        return found;
    }
}
