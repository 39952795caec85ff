using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.CutOvers;

/// <summary>From a domain of the cut-over and its federation as seen to the domain's unit, and back. Pure.</summary>
public static class DomainPlanner
{
    /// <summary>How long it may take until a switched domain is so everywhere, as Microsoft says.</summary>
    /// <seealso href="https://learn.microsoft.com/entra/identity/authentication/how-to-migrate-mfa-server-to-azure-mfa-with-federation"/>
    public static readonly TimeSpan TakesEffectWithin = TimeSpan.FromHours(24);

    private const string Rule = "cutOver";
    private const string UndoRule = "undo";
    private const string NeverSetRule = "cutOver.neverSet";

    /// <summary>The behaviour as the service spells it.</summary>
    public static string WordOf(FederatedMfa behaviour) =>
        behaviour == FederatedMfa.EnforceMfaByFederatedIdp ? FederationSettings.Enforce : FederationSettings.Reject;

    /// <summary>The unit's id of a domain.</summary>
    public static UnitId IdOf(string domain) => UnitId.Named(UnitKind.Domain, domain.ToLowerInvariant());

    /// <summary>Plans one domain.</summary>
    /// <param name="plan">The plan, with a cut-over.</param>
    /// <param name="name">The domain as the cut-over names it.</param>
    /// <param name="seen">The tenant's domain; null where the tenant has none of that name.</param>
    /// <param name="federation">Its federation; null where it has none of its own.</param>
    /// <param name="users">Enabled users whom switching it moves.</param>
    /// <returns>The unit, without changes where it is in place or refused, and the guard's word.</returns>
    public static (Unit Unit, GuardResult Guard) Forward(Plan plan, string name, DirectoryDomain? seen, FederationSettings? federation, long users)
    {
        var unit = new Unit(IdOf(name), StageId.CutOver, [], []);
        var said = Said(plan, name);
        var after = WordOf(plan.CutOver!.To);
        var why = seen switch
        {
            null => "is not in the tenant. Correct the name in cutOver.domains",
            { Federated: false } => "is managed: Entra does its users' MFA already, so there is nothing to cut over. Take it out of cutOver.domains",
            _ when said is { Expect: DomainKind.Managed } =>
                "is federated, and domains[].expect says managed. Find out which is meant, and correct the plan or the tenant",
            _ when federation is null => "has no federation of its own, as a child domain has not: it takes its root's. Name the root in cutOver.domains",
            _ when after == FederationSettings.Enforce && federation.MfaBehavior != after && OnPremisesMfa.WhyNot(said) is { } dead =>
                $"is to be sent to its identity provider for MFA, and {dead}",
            _ => null,
        };
        if (why is not null)
        {
            return (unit, new GuardResult(CutOverGuards.DomainState.Code, GuardVerdict.Refuses, $"The domain {name} {why}."));
        }

        if (federation!.MfaBehavior == after)
        {
            return (
                unit with { Findings = [CutOverFindings.Stays.Found().With("domain", name).With("why", $"its federatedIdpMfaBehavior is {after} already")] },
                new GuardResult(CutOverGuards.DomainState.Code, GuardVerdict.Holds, $"The domain {name} is as the plan wants it."));
        }

        var findings = ImmutableArray.Create(CutOverFindings.Switch.Found()
            .With("domain", name).With("before", federation.MfaBehavior ?? "never set").With("after", after)
            .With("users", users.ToString(CultureInfo.InvariantCulture)));
        return (
            unit with
            {
                Changes = [new Change.SetFederatedMfa(federation, after, Rule)],
                Findings = NoWayBack(plan, said, federation.MfaBehavior) is { } no
                    ? findings.Add(CutOverFindings.NoWayBack.Found().With("domain", name).With("why", no))
                    : findings,
            },
            new GuardResult(CutOverGuards.DomainState.Code, GuardVerdict.Holds, $"The domain {name} is federated, with {federation.MfaBehavior ?? "no behaviour ever set"}."));
    }

    /// <summary>
    /// Plans the way back of one domain: to the behaviour of the before-image, where the domain still is as it was written, and where users are not
    /// sent to a dead server by it. The rest of the federation is not touched: whoever changed it since meant it.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="done">The unit as it was applied, with its one change.</param>
    /// <param name="federation">The federation now; null where there is none any more.</param>
    public static Unit Back(Plan plan, Unit done, FederationSettings? federation)
    {
        var name = done.Id.Name;
        var unit = done with { Changes = [], Findings = [], Unknown = null };
        var change = done.Changes.OfType<Change.SetFederatedMfa>().Single();
        var position = Compare.Of(change, new Observed<Look>.Seen(new Look.OfFederation(federation), default));
        if (position == Position.AsBefore)
        {
            return unit with { Findings = [CutOverFindings.Stays.Found().With("domain", name).With("why", "it is as it was before")] };
        }

        if (position != Position.AsAfter)
        {
            return unit with { Findings = [FindingCatalog.ChangedSince.Found().With("change", change.Id)] };
        }

        if (NoWayBack(plan, Said(plan, name), change.Before.MfaBehavior) is { } why)
        {
            return change.Before.MfaBehavior is null && plan.CutOver?.NeverSet == NeverSet.Accept
                ? Back(unit, new Change.SetFederatedMfa(federation!, FederationSettings.Accept, NeverSetRule), [NoWay(why)])
                : unit with { Findings = [NoWay(why)] };
        }

        return Back(unit, change.Inverse(UndoRule), []);

        Finding NoWay(string why) => CutOverFindings.NoWayBack.Found().With("domain", name).With("why", why);
    }

    private static Unit Back(Unit unit, Change change, ImmutableArray<Finding> findings) => unit with { Changes = [change], Findings = findings };

    /// <summary>Why the behaviour that is there before a switch cannot be set again; null where it can.</summary>
    private static string? NoWayBack(Plan plan, Domain? said, string? before) => before switch
    {
        null when plan.CutOver?.NeverSet == NeverSet.Accept =>
            $"its behaviour was never set, and what was set cannot be unset; by cutOver.neverSet a rollback sets {FederationSettings.Accept}, which counts where nothing is set, and SupportsMfa stays ignored",
        null => "its behaviour was never set, and what was set cannot be unset; say cutOver.neverSet: accept if a rollback shall set what counts where nothing is set",
        FederationSettings.Enforce when OnPremisesMfa.WhyNot(said) is { } dead =>
            $"it is {FederationSettings.Enforce}, and {dead}",
        _ => null,
    };

    private static Domain? Said(Plan plan, string name) =>
        plan.Domains.FirstOrDefault(domain => domain.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
