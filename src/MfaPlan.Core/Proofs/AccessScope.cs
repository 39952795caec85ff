using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>Whether a side of a Conditional Access policy names a user, and by what.</summary>
/// <seealso href="https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-users-groups"/>
public static class AccessScope
{
    private const string ExternalMark = "#EXT#";

    /// <summary>The types that a guest account of this tenant can be of.</summary>
    private static readonly ImmutableArray<string> GuestTypes = ["internalGuest", "b2bCollaborationGuest"];

    /// <summary>Judges a side.</summary>
    /// <param name="side">The included or the excluded.</param>
    /// <param name="user">The user.</param>
    /// <param name="view">Groups and roles with their members.</param>
    /// <returns>The claim, and for people what it rests on; empty where it is no.</returns>
    public static (Claim Is, string By) Names(AccessUsers side, DirectoryUser user, AccessView view)
    {
        if (side.All)
        {
            return (Claim.Yes, "everybody");
        }

        if (side.Users.Contains(user.Id))
        {
            return (Claim.Yes, "the user by name");
        }

        var best = (Is: Claim.No, By: "");
        foreach (var group in side.Groups)
        {
            Take(ref best, HasMember(view.Groups.GetValueOrDefault(group), user.Id), "the group", group);
        }

        foreach (var role in side.Roles)
        {
            Take(ref best, Holds(view.Roles.GetValueOrDefault(role), user.Id), "the role", role);
        }

        if (side.Guests is { } guests && best.Is != Claim.Yes && Covers(guests, user) is > Claim.No and var claim && claim > best.Is)
        {
            best = (claim, "guests and external users");
        }

        return best;
    }

    private static void Take(ref (Claim Is, string By) best, Claim claim, string what, Guid id)
    {
        if (claim > best.Is)
        {
            best = (claim, $"{what} {id:D}");
        }
    }

    private static Claim HasMember(Observed<ImmutableHashSet<Guid>>? members, Guid user) => members is Observed<ImmutableHashSet<Guid>>.Seen seen
        ? seen.Value.Contains(user) ? Claim.Yes : Claim.No
        : Claim.Unknown;

    private static Claim Holds(Observed<RoleHolders>? holders, Guid user) => holders is Observed<RoleHolders>.Seen { Value: var seen }
        ? seen.Active.Contains(user) ? Claim.Yes : seen.Perhaps.Contains(user) ? Claim.Unknown : Claim.No
        : Claim.Unknown;

    // Which kind of external user an account is of, the directory's properties tell only in part. A synchronised member is none.
    private static Claim Covers(GuestScope scope, DirectoryUser user)
    {
        if (user.Guest)
        {
            return scope.Types.IsEmpty || (scope.AllTenants && GuestTypes.All(type => scope.Types.Contains(type, StringComparer.OrdinalIgnoreCase)))
                ? Claim.Yes
                : Claim.Unknown;
        }

        if (user.Synced)
        {
            return Claim.No;
        }

        return scope.Types.IsEmpty || scope.Types.Contains("b2bCollaborationMember", StringComparer.OrdinalIgnoreCase)
            || user.PrincipalName.Reveal().Contains(ExternalMark, StringComparison.OrdinalIgnoreCase)
            ? Claim.Unknown
            : Claim.No;
    }
}
