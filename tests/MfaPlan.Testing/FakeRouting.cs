using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Testing;

/// <summary>The routing side of the fake tenant: its staged rollout, the direct members of flat groups, federations. Writes show at once, but those of federations.</summary>
public sealed class FakeRouting
{
    private readonly Dictionary<string, (FederationSettings Federation, DateTimeOffset Until)> _old = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The staged rollout; null for none.</summary>
    public RolloutPolicy? Rollout { get; set; }

    /// <summary>Why the rollout cannot be read; null when it can.</summary>
    public string? RolloutUnreadable { get; set; }

    /// <summary>Direct members of groups, by group.</summary>
    public Dictionary<Guid, ImmutableHashSet<Guid>> Members { get; } = [];

    /// <summary>Members that are no users, by group.</summary>
    public Dictionary<Guid, ImmutableArray<Guid>> Others { get; } = [];

    /// <summary>Federations by domain.</summary>
    public Dictionary<string, FederationSettings> Federations { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why federations cannot be read; null when they can.</summary>
    public string? FederationUnreadable { get; set; }

    /// <summary>The federation of a domain as a read shows it; null for none.</summary>
    public FederationSettings? Shown(string domain, DateTimeOffset now) =>
        _old.TryGetValue(domain, out var old) && now < old.Until ? old.Federation : Federations.GetValueOrDefault(domain);

    /// <summary>The direct members of a group.</summary>
    public GroupContent ContentOf(Guid group) => new(Members.GetValueOrDefault(group, []), Others.GetValueOrDefault(group, []));

    /// <summary>Whether a change is about routing.</summary>
    public static bool Is(Change change) => change is Change.CreateRollout or Change.EnableRollout or Change.AttachGroup or Change.RouteUser or Change.SetFederatedMfa;

    /// <summary>What the service refuses: a group twice, a group with too many members, a member twice, what is not there.</summary>
    public bool IsImpossible(UnitId unit, Change change) => change switch
    {
        Change.CreateRollout => Rollout is not null,
        Change.AttachGroup { After: true } attach => Rollout is not { } rollout || rollout.Groups.Contains(attach.Group)
            || rollout.Groups.Length >= RolloutPolicy.MostGroups || ContentOf(attach.Group).Users.Count > RolloutPolicy.MostUsersWhenAdded,
        Change.AttachGroup detach => Rollout is not { } rollout || !rollout.Groups.Contains(detach.Group),
        Change.EnableRollout => Rollout is null,
        Change.RouteUser route => ContentOf(route.Group).Users.Contains(unit.User) == route.After,
        Change.SetFederatedMfa => !Federations.ContainsKey(unit.Name),
        _ => false,
    };

    /// <summary>Carries a change out; that of a federation shows at an instant.</summary>
    public void Carry(UnitId unit, Change change, DateTimeOffset shows)
    {
        switch (change)
        {
            case Change.CreateRollout create:
                Rollout = new RolloutPolicy("rollout-1", create.DisplayName, Enabled: true, ForEverybody: false, []);
                break;
            case Change.EnableRollout enable:
                Rollout = Rollout! with { Enabled = enable.After };
                break;
            case Change.AttachGroup attach:
                Rollout = Rollout! with
                {
                    Groups = attach.After ? [.. Rollout.Groups.Add(attach.Group).Order()] : Rollout.Groups.Remove(attach.Group),
                };
                break;
            case Change.RouteUser route:
                var members = ContentOf(route.Group).Users;
                Members[route.Group] = route.After ? members.Add(unit.User) : members.Remove(unit.User);
                break;
            case Change.SetFederatedMfa set:
                _old[unit.Name] = (Federations[unit.Name], shows);
                Federations[unit.Name] = Federations[unit.Name] with { MfaBehavior = set.After };
                break;
            default:
                throw new ArgumentException("The change is not about routing.", nameof(change));
        }
    }
}
