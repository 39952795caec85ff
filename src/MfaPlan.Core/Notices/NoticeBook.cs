using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Notices;

/// <summary>
/// Whom to tell what, gathered from change sets, the oldest first: those that were carried out, then the newest. A number that a run brought
/// is still new to the user when a later preview finds it in place. About a hundred bytes a user.
/// </summary>
/// <param name="only">The users to tell; null for all.</param>
public sealed class NoticeBook(IReadOnlySet<Guid>? only)
{
    private const NoticeOutcomes Lasting = NoticeOutcomes.NewNumber | NoticeOutcomes.DefaultChanges;

    private readonly SortedDictionary<Guid, NoticeEntry> _users = [];

    /// <summary>Everybody to be told something, in order of object id.</summary>
    public IEnumerable<NoticeEntry> Told => _users.Values.Where(static entry => entry.Outcomes != NoticeOutcomes.None);

    /// <summary>Users of whom nothing is certain or who are left out: they are told nothing.</summary>
    public int Untold => _users.Values.Count(static entry => entry.Outcomes == NoticeOutcomes.None);

    /// <summary>Users to tell who are in no change set.</summary>
    public int Missing => only?.Count(user => !_users.ContainsKey(user)) ?? 0;

    /// <summary>Takes in a user's unit of the next change set.</summary>
    public void Add(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var user = unit.Id.User;
        if (unit.Id.Kind != UnitKind.User || only?.Contains(user) == false)
        {
            return;
        }

        var known = _users.GetValueOrDefault(user);
        if (known is not null && NoticeRule.IsUnchanged(unit))
        {
            return;
        }

        var outcomes = NoticeRule.Of(unit);
        if (outcomes != NoticeOutcomes.None && known is not null && (known.Outcomes & Lasting) is not NoticeOutcomes.None and var lasting)
        {
            outcomes = (outcomes & ~NoticeOutcomes.Keeps) | lasting;
        }

        _users[user] = new NoticeEntry(user, unit.Name ?? known?.Name, outcomes);
    }
}

/// <summary>What a user is told.</summary>
/// <param name="User">Object id.</param>
/// <param name="Name">Principal name.</param>
/// <param name="Outcomes">Every outcome.</param>
public sealed record NoticeEntry(Guid User, PersonalName? Name, NoticeOutcomes Outcomes);
