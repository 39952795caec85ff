using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>What people who are not us do to the tenant meanwhile: users with their own methods, help desks, owners of groups and policies.</summary>
/// <param name="company">The tenant.</param>
/// <param name="seed">What they do.</param>
/// <param name="share">In how many of a hundred instants somebody does something.</param>
internal sealed class Others(Company company, ulong seed, int share)
{
    private readonly Chance _chance = new(seed);

    /// <summary>Whether they do nothing any more.</summary>
    public bool Quiet { get; set; }

    private FakeTenant Tenant => company.Tenant;

    /// <summary>An instant between two requests of ours; true where somebody changed something.</summary>
    public bool Meanwhile()
    {
        if (Quiet || !_chance.Percent(share))
        {
            return false;
        }

        Act();
        return true;
    }

    /// <summary>Somebody does something.</summary>
    public void Act()
    {
        var user = _chance.Of([.. Tenant.Users.Keys.Where(static id => !Company.BreakGlass.Contains(id)).Order()]);
        switch (_chance.Below(20))
        {
            case <= 5:
                Lose(user);
                break;
            case <= 9:
                Gain(user);
                break;
            case 10 or 11:
                Tenant.Users[user] = Tenant.Users[user] with { Enabled = !Tenant.Users[user].Enabled || _chance.Percent(40) };
                break;
            case 12 or 13:
                Regroup(_chance.Percent(20) ? _chance.Of(Company.BreakGlass) : user);
                break;
            case 14 or 15:
                Ring(_chance.Percent(8) ? _chance.Of(Company.BreakGlass) : user);
                break;
            case 16:
                SwitchMethod();
                break;
            case 17:
                SwitchAccess(user);
                break;
            case 18:
                Federate();
                break;
            default:
                SwitchRollout();
                break;
        }
    }

    /// <summary>Somebody does what stands most in the way of a stage that was just previewed.</summary>
    public void ActAgainst(StageId stage)
    {
        if (Quiet)
        {
            return;
        }

        if (stage.WaveName is not null && _chance.Percent(40))
        {
            Federate();
            return;
        }

        Lose(_chance.Of([.. Tenant.Users.Keys.Where(static id => !Company.BreakGlass.Contains(id)).Order()]));
    }

    private void Lose(Guid user)
    {
        var methods = Tenant.Truth(user);
        Tenant.Set(user, _chance.Below(9) switch
        {
            // The device is lost, with all that was on it; numbers stay.
            6 or 7 or 8 => methods with { Authenticators = 0, SoftwareTokens = 0, PhishingResistant = 0, Default = null },
            0 => methods with { Mobile = null, AlternateMobile = null, Default = null },
            1 => methods with { Office = null },
            2 => methods with { SoftwareTokens = 0 },
            3 => methods with { PhishingResistant = 0 },
            4 when methods.Tokens.FirstOrDefault(static token => token.Holder == TokenHolder.User) is { Serial: { } serial } token =>
                methods.With(serial, token with { Holder = TokenHolder.Nobody, Activated = false }),
            _ => methods with { Authenticators = 0, Default = null },
        });
    }

    private void Gain(Guid user)
    {
        var methods = Tenant.Truth(user);
        Tenant.Set(user, _chance.Below(5) switch
        {
            0 => methods with { Mobile = Company.Number(80 + _chance.Below(10)) },
            1 => methods with { Office = Company.Number(90 + _chance.Below(10)) },
            2 => methods with { SoftwareTokens = 1 },
            3 => methods with { PhishingResistant = 1 },
            _ => methods with { Authenticators = 1, Default = DefaultMethod.Push },
        });
    }

    private void Regroup(Guid user)
    {
        var name = _chance.Of(Company.Groups);

        // An emergency account does not stay where it does not belong.
        foreach (var wrong in Tenant.Groups.Keys.ToList())
        {
            Tenant.Groups[wrong] = Tenant.Groups[wrong].RemoveRange(Company.BreakGlass);
        }

        var group = Tenant.Groups.Keys.First(group => group.DisplayName == name);
        Tenant.Groups[group] = Toggle([.. Tenant.Groups[group]], user).Order().ToImmutableArray();
    }

    private void Ring(Guid user)
    {
        var ring = Company.RingOf(_chance.Of(Company.Rings));
        var attached = Tenant.Routing.Rollout is { } rollout && rollout.Groups.Contains(ring);

        // Its owner mostly keeps a group empty that is not part of the rollout: with a stranger in it no wave would ever begin.
        Tenant.Routing.Members[ring] = attached || _chance.Percent(30) ? Toggle(Tenant.Routing.ContentOf(ring).Users, user) : [];
    }

    private void SwitchMethod()
    {
        var kind = _chance.Of(Enum.GetValues<MethodKind>());
        var old = Tenant.PolicyTruth.Configurations[kind];
        var everybody = new MethodTarget(null, IsUser: false, UsableForSignIn: false);
        var next = _chance.Below(3) switch
        {
            0 => old with { Enabled = !old.Enabled },
            1 => old with { Include = [everybody], Exclude = [] },
            _ => old with { Exclude = old.Exclude.IsEmpty ? [new MethodTarget(Tenant.Groups.Keys.First(static group => group.DisplayName == "MFA-W1").Id, IsUser: false, UsableForSignIn: false)] : [] },
        };
        var policy = Tenant.PolicyTruth;
        Tenant.Policy = new Observed<MethodsPolicy>.Seen(
            policy with { Configurations = policy.Configurations.SetItem(kind, next) }, company.World.Time.GetUtcNow());
    }

    private void SwitchAccess(Guid user)
    {
        var view = ((Observed<AccessView>.Seen)Tenant.Access).Value;
        var policy = view.Policies[0];
        policy = _chance.Below(3) switch
        {
            0 => policy with { State = policy.State == AccessState.Enabled ? AccessState.ReportOnly : AccessState.Enabled },
            1 => policy with { State = AccessState.Enabled, Exclude = AccessUsers.Nobody },
            _ => policy with { Exclude = policy.Exclude with { Users = [.. Toggle([.. policy.Exclude.Users], user).Order()] } },
        };
        Tenant.Access = new Observed<AccessView>.Seen(view with { Policies = view.Policies.SetItem(0, policy) }, company.World.Time.GetUtcNow());
    }

    private void Federate()
    {
        var domain = _chance.Of("contoso.com", "fabrikam.com");
        Tenant.Routing.Federations[domain] = Tenant.Routing.Federations[domain] with
        {
            MfaBehavior = _chance.Of(FederationSettings.Accept, FederationSettings.Enforce, FederationSettings.Enforce),
        };
    }

    private void SwitchRollout()
    {
        if (Tenant.Routing.Rollout is not { } rollout)
        {
            return;
        }

        var ring = Company.RingOf(_chance.Of(Company.Rings));
        Tenant.Routing.Rollout = _chance.Percent(50)
            ? rollout with { Enabled = !rollout.Enabled }
            : rollout with { Groups = rollout.Groups.Contains(ring) ? rollout.Groups.Remove(ring) : [.. rollout.Groups.Add(ring).Order()] };
    }

    private static ImmutableHashSet<Guid> Toggle(ImmutableHashSet<Guid> members, Guid user) =>
        members.SymmetricExcept([user]);
}
