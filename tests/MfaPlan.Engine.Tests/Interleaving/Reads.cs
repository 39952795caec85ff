using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>
/// What was read in a sitting, and how the tenant truly was when it was read. No write can know of what somebody does between the read before
/// it and the write itself; the service has no way to make a write depend on a read. That is the whole window that a write is forgiven:
/// whoever was not read in this sitting, or read before the write of another unit, counts as he is when the write is sent.
/// </summary>
internal sealed class Reads
{
    private readonly Dictionary<string, (int At, Truth Truth)> _seen = new(StringComparer.Ordinal);
    private int _clock;
    private int _lastWrite;
    private UnitId? _lastUnit;
    private int _otherUnit;

    /// <summary>A new sitting has read nothing yet.</summary>
    public void Forget()
    {
        _seen.Clear();
        (_clock, _lastWrite, _otherUnit, _lastUnit) = (0, 0, 0, null);
    }

    public void Account(Guid user, Truth truth) => Note($"account/{user}", truth);

    public void Methods(Guid user, MethodParts parts, Truth truth)
    {
        foreach (var part in (MethodParts[])[MethodParts.Phones, MethodParts.OtherMethods, MethodParts.Preferences])
        {
            if (parts.HasFlag(part))
            {
                Note($"{part}/{user}", truth);
            }
        }
    }

    public void Policy(Truth truth) => Note("policy", truth);

    public void Access(Truth truth) => Note("access", truth);

    public void Group(Guid group, Truth truth) => Note($"group/{group}", truth);

    public void Ring(Guid group, Truth truth) => Note($"ring/{group}", truth);

    public void Rollout(Truth truth) => Note("rollout", truth);

    public void Federation(string domain, Truth truth) => Note($"federation/{domain}", truth);

    /// <summary>A write is about to be sent.</summary>
    public void Writing(UnitId unit)
    {
        if (_lastUnit is { } last && last != unit)
        {
            _otherUnit = _lastWrite;
        }

        (_lastUnit, _lastWrite) = (unit, ++_clock);
    }

    /// <summary>What a write of ours made different is known to us from then on.</summary>
    public void Wrote(UnitId unit, Change change)
    {
        foreach (var (key, (at, truth)) in _seen.ToList())
        {
            _seen[key] = (at, With(truth, unit, change));
        }
    }

    /// <summary>The tenant with a change of ours carried out.</summary>
    public static Truth With(Truth truth, UnitId unit, Change change) => change switch
    {
        Change.SetPhone or Change.SetDefaultMethod or Change.OfToken => truth with
        {
            Methods = truth.Methods.SetItem(unit.User, Compare.With(truth.Methods[unit.User], change)),
        },
        Change.AllowMethod allow => truth with
        {
            Policy = truth.Policy with { Configurations = truth.Policy.Configurations.SetItem(allow.Method, allow.After) },
        },
        _ => truth,
    };

    /// <summary>The tenant as we had to know it of a user, when a write is sent.</summary>
    /// <param name="user">The user.</param>
    /// <param name="now">As it truly is.</param>
    /// <param name="onceForAll">Whether all users were proved before the first write, as for a domain and for the methods policy.</param>
    public Truth Known(Guid user, Truth now, bool onceForAll)
    {
        var (phones, others) = (OfUser($"{MethodParts.Phones}/{user}", now, onceForAll), OfUser($"{MethodParts.OtherMethods}/{user}", now, onceForAll));
        var policy = Once("policy", now);
        return policy with
        {
            At = now.At,
            Users = now.Users.SetItem(user, OfUser($"account/{user}", now, onceForAll).Users[user]),
            Methods = now.Methods.SetItem(user, others.Methods[user] with
            {
                Mobile = phones.Methods[user].Mobile,
                AlternateMobile = phones.Methods[user].AlternateMobile,
                Office = phones.Methods[user].Office,
            }),
            Access = Once("access", now).Access,
        };
    }

    /// <summary>Whether a user was in a group, as we had to know it.</summary>
    public bool WasIn(string group, Guid user, Truth now) => Once($"group/{now.GroupIds[group]}", now).IsIn(group, user);

    /// <summary>Whether a write about the rollout moves a user by what we had to know of its groups; whoever came to one since was overtaken.</summary>
    public bool WouldMove(Guid user, Change change, Truth now) => change is not (Change.AttachGroup or Change.EnableRollout)
        || (change is Change.AttachGroup attach ? [attach.Group] : Once("rollout", now).Rollout?.Groups ?? [])
            .Any(group => Once($"ring/{group}", now).Rings.TryGetValue(group, out var members) && members.Contains(user));

    /// <summary>The federations as we had to know them, of the one domain.</summary>
    public Truth OfFederation(string domain, Truth now) =>
        now with { Federations = now.Federations.SetItem(domain, OfUser($"federation/{domain}", now, onceForAll: false).Federations[domain]) };

    /// <summary>The tenant when the phones of a user were read last; null where they were not in this sitting.</summary>
    public Truth? OfPart(MethodParts part, Guid user) => _seen.TryGetValue($"{part}/{user}", out var seen) ? seen.Truth : null;

    private void Note(string key, Truth truth) => _seen[key] = (++_clock, truth);

    private Truth Once(string key, Truth now) => _seen.TryGetValue(key, out var seen) ? seen.Truth : now;

    private Truth OfUser(string key, Truth now, bool onceForAll) =>
        _seen.TryGetValue(key, out var seen) && (onceForAll || seen.At > _otherUnit) ? seen.Truth : now;
}
