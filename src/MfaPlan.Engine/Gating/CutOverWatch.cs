using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Gating;

/// <summary>Gathers the sign-ins of the users whom a cut-over moved, and has them judged. Sends nothing to the tenant, records nothing and takes no lock.</summary>
public static class CutOverWatch
{
    /// <summary>Gathers and judges.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ledger">The journal folded; a domain is switched by it.</param>
    /// <param name="users">The enabled users of the switched domains, or why they are not known.</param>
    /// <param name="log">The sign-ins.</param>
    /// <param name="now">By which waits are judged.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">No domain is switched.</exception>
    public static async Task<GateReading> GatherAsync(
        Plan plan, Ledger ledger, Observed<ImmutableSortedDictionary<string, ImmutableArray<Guid>>> users, ISignInLog log, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var terms = GateTerms.OfWatch(plan);
        if (users is not Observed<ImmutableSortedDictionary<string, ImmutableArray<Guid>>>.Seen { Value: var byDomain })
        {
            var code = ((Observed<ImmutableSortedDictionary<string, ImmutableArray<Guid>>>.Unknown)users).Code;
            return new GateReading(
                GateQuery.OfSwitch(plan.Tenant.Id, terms, now, routing: null, coverage: null), new GateSample(new SignInEvidence.Unread(code), []));
        }

        var moved = byDomain.Values.SelectMany(static ids => ids).ToHashSet();
        var routing = RoutingOf(ledger, moved);
        var covered = await log.CoverAsync(now, cancellationToken);
        var query = GateQuery.OfSwitch(plan.Tenant.Id, terms, now, routing, covered.SeenOrDefault);
        var signIns = covered is Observed<SignInCoverage>.Unknown unknown
            ? new SignInEvidence.Unread(unknown.Code)
            : await GateKeeper.ReadAsync(query, moved, log, cancellationToken);
        return new GateReading(query, new GateSample(signIns, []));
    }

    /// <summary>What the journal says of the runs that switched the domains.</summary>
    private static GateRouting RoutingOf(Ledger ledger, HashSet<Guid> moved)
    {
        var runs = ledger.Runs.Where(run => ledger.SwitchedDomains.Any(domain => domain.Run == run.Id)).ToList();
        if (runs.Count == 0)
        {
            throw new ArgumentException("No domain is switched, so there is nothing to watch.", nameof(ledger));
        }

        return new GateRouting(
            runs[^1].Id, runs[^1].Digest, runs[^1].PlanDigest, ledger.OpenRun is { } open && StageId.Parse(open.Stage) == StageId.CutOver,
            runs[0].At.ToUniversalTime(), ledger.SwitchedDomains.Max(static domain => domain.At).ToUniversalTime(), moved.Count, RoutedUsers.DigestOf(moved));
    }
}
