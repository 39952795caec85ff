namespace MfaPlan.Core.Gates;

/// <summary>Of what attestations are asked.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Wave">The wave's name in the plan.</param>
/// <param name="Routing">Whom the wave has routed, and in which run.</param>
/// <param name="Effective">When the wave was in effect for all of them: who tried it before has not tried it.</param>
public sealed record AttestationDemand(Guid Tenant, string Wave, GateRouting Routing, DateTimeOffset Effective)
{
    /// <summary>What is asked of a wave.</summary>
    public static AttestationDemand Of(Guid tenant, string wave, GateRouting routing, GateTerms terms) =>
        new(tenant, wave, routing, routing.Last + terms.Propagation);
}
