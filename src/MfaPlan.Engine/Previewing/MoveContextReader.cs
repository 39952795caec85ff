using System.Collections.Immutable;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads what a stage that moves users proves by.</summary>
/// <param name="tenant">The tenant.</param>
public sealed class MoveContextReader(ITenantReader tenant) : TenantFinder(tenant)
{
    /// <summary>Reads it; once a reader.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="administrators">Everybody who is or may become an administrator.</param>
    /// <param name="policy">The authentication methods policy as it is, or as it will be when the stage comes.</param>
    /// <param name="asOf">Now, by the tenant's clock.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<MoveContext> ReadAsync(
        Plan plan, ImmutableHashSet<Guid> administrators, MethodsPolicy policy, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var neverRoute = await ReadGroupsAsync(plan.Protect?.NeverRoute ?? [], "protect.neverRoute", cancellationToken);
        var context = new ProofContext(policy, await Tenant.ReadAccessAsync(cancellationToken), asOf)
        {
            PhoneOnly = plan.Protect?.PhoneOnly is { } phoneOnly ? await ReadTermsAsync(phoneOnly, asOf, cancellationToken) : null,
            RequiredBy = plan.CutOver?.MfaRequiredBy ?? [],
        };
        var routing = new RoutingRule(
            plan.Migrate.Include, [.. plan.Protect?.BreakGlass ?? []], neverRoute, administrators);
        return new MoveContext(MoveProof.Of(context), routing, Problems());
    }

    private async Task<PhoneOnlyTerms> ReadTermsAsync(PhoneOnly phoneOnly, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var groups = await ReadGroupsAsync(phoneOnly.Accept, "protect.phoneOnly.accept", cancellationToken);
        Observed<ImmutableHashSet<Guid>> accepted = groups.Length == phoneOnly.Accept.Length
            ? new Observed<ImmutableHashSet<Guid>>.Seen([.. groups.SelectMany(static group => group.Members)], asOf)
            : new Observed<ImmutableHashSet<Guid>>.Unknown("groupNotRead");
        return new PhoneOnlyTerms(accepted, phoneOnly.Until, phoneOnly.FollowUp);
    }
}
