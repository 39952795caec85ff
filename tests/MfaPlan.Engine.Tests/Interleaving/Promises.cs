using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>What must hold of every single write, judged by how the tenant truly is before and after it.</summary>
/// <param name="company">The tenant and the plan.</param>
/// <param name="reads">What was read in this sitting.</param>
internal sealed class Promises(Company company, Reads reads)
{
    private Plan Plan => company.Plan;

    /// <summary>Whether somebody changed something in the instant between the last read and the write, and so was overtaken by it.</summary>
    public bool Race { get; private set; }

    /// <summary>Judges one write that took effect.</summary>
    public void Judge(Sitting sitting, UnitId unit, Change change, Truth before, Truth after)
    {
        // What was previewed, or less, never more; and never an emergency account.
        Hold(sitting.Units.TryGetValue(unit, out var previewed) && previewed.Contains(change), "it was never previewed");
        Hold(unit.Kind != UnitKind.User || !Company.BreakGlass.Contains(unit.User), "it is to a break-glass account");
        Foreign(unit, change);
        foreach (var user in before.Users.Keys.Order())
        {
            Held(user, unit, change, before, after);
            if (before.IsRouted(user) != after.IsRouted(user) && !reads.WouldMove(user, change, before))
            {
                Race = true;
            }
            else if (!before.IsRouted(user) && after.IsRouted(user))
            {
                Routed(sitting, user, change, before);
            }
            else if (before.IsRouted(user) && !after.IsRouted(user))
            {
                SentBack(user, change, before, after);
            }
        }

        if (change is Change.SetFederatedMfa { After: FederationSettings.Enforce })
        {
            Hold(IsAlive(unit.Name, withEvidence: true), "it sends a domain to MFA that nobody proved alive");
        }
    }

    /// <summary>Nobody who had a usable method is left without one.</summary>
    private void Held(Guid user, UnitId unit, Change change, Truth before, Truth after)
    {
        if (!before.Usable(user) || after.Usable(user))
        {
            return;
        }

        var known = reads.Known(user, before, onceForAll: change is Change.AllowMethod);
        Race = true;
        Hold(!known.Usable(user) || Reads.With(known, unit, change).Usable(user), $"HELD: it takes the last usable method of {user}");
    }

    /// <summary>Whoever is routed to Entra's MFA can answer its demand, and one is made; or is accepted.</summary>
    private void Routed(Sitting sitting, Guid user, Change change, Truth before)
    {
        var ofDomain = change is Change.SetFederatedMfa;
        var known = reads.Known(user, before, onceForAll: ofDomain);
        if (ofDomain && !known.Users[user].Enabled)
        {
            return; // nobody signs in with it; it is to be looked at before it is enabled
        }

        Hold(sitting.Forward, $"a way back routes {user} to Entra");
        Hold(!Company.BreakGlass.Contains(user), "it routes a break-glass account");
        if (ofDomain && Accepted(user, before))
        {
            Hold(known.IsDemanded(user), $"it routes {user}, of whom nothing demands MFA");
            return;
        }

        Hold(known.Users[user].Enabled, $"it routes {user}, who is disabled");
        Race |= !before.Usable(user);
        Hold(known.Usable(user), $"it routes {user}, who has no usable method");
        Hold(known.Lasting(user) || PhonesAccepted(user, before), $"it routes {user}, who has phones alone that nobody accepts");
        Hold(known.IsDemanded(user), $"it routes {user}, of whom nothing demands MFA");
        Hold(!known.Users[user].Guest || Plan.Migrate.Include.Guests == Inclusion.Include, $"it routes {user}, a guest");
        Hold(!company.Tenant.Administrators.Contains(user) || Plan.Migrate.Include.Admins == Inclusion.Include, $"it routes {user}, an administrator");
        Hold(!(Plan.Protect?.NeverRoute ?? []).Any(group => reads.WasIn(group, user, before)), $"it routes {user}, who is never to be routed");
    }

    /// <summary>Whoever goes back to the domain's identity provider does not meet a dead server there.</summary>
    private void SentBack(Guid user, Change change, Truth before, Truth after)
    {
        var known = change is Change.SetFederatedMfa ? after : after.RootOf(user) is { } root ? reads.OfFederation(root, before) : before;
        Hold(!known.IsDeadEnd(user, root => IsAlive(root, withEvidence: false), root => TodayOf(root)?.MfaToday == MfaToday.MfaServer),
            $"it sends {user} back to MFA that nobody does any more");
    }

    /// <summary>A value that somebody else set is never overwritten.</summary>
    private void Foreign(UnitId unit, Change change)
    {
        var (part, read) = change switch
        {
            Change.SetPhone => (MethodParts.Phones, static (UserMethods methods, Change of) => (object?)methods.Phone(((Change.SetPhone)of).Slot)),
            Change.SetDefaultMethod => (MethodParts.Preferences, static (methods, _) => methods.Default),
            _ => (MethodParts.None, (Func<UserMethods, Change, object?>?)null),
        };
        if (read is null)
        {
            return;
        }

        var seen = reads.OfPart(part, unit.User);
        Hold(seen is not null, "nobody looked before it");
        var value = read(seen!.Methods[unit.User], change);
        var (was, becomes) = change is Change.SetPhone phone ? ((object?)phone.Before, (object?)phone.After) : (((Change.SetDefaultMethod)change).Before, ((Change.SetDefaultMethod)change).After);
        Hold(Equals(value, was) || Equals(value, becomes), "FOREIGN: it overwrites what somebody else set");
    }

    private bool Accepted(Guid user, Truth now) => company.Exceptions.Any(exception =>
        exception.User.Reveal() == now.Users[user].PrincipalName.Reveal() && DateOnly.FromDateTime(now.At.UtcDateTime) < exception.Expires);

    private bool PhonesAccepted(Guid user, Truth now) => Plan.Protect?.PhoneOnly is { } terms
        && DateOnly.FromDateTime(now.At.UtcDateTime) <= terms.Until && terms.Accept.Any(group => reads.WasIn(group, user, now));

    private bool IsAlive(string root, bool withEvidence) =>
        TodayOf(root) is { MfaToday: MfaToday.ThirdParty } domain && (!withEvidence || domain.Evidence is not null);

    private Domain? TodayOf(string root) => Plan.Domains.FirstOrDefault(domain => domain.Name == root);

    private static void Hold(bool holds, string why)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(why);
        }
    }
}
