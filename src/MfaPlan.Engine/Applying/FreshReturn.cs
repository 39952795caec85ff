using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.Ports;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Applying;

/// <summary>
/// Judges again, from reads in the instant before the staged rollout is switched off, that whoever is in its groups is on a domain that leaves MFA to
/// Entra: a group may have got a member, or a domain another behaviour, since the preview.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="plan">The plan.</param>
public sealed class FreshReturn(ITenantReader tenant, Plan plan)
{
    /// <summary>The code of what stands in the way of a unit; null where nothing does, or it does not switch the rollout off.</summary>
    public async Task<string?> StandsInTheWayAsync(Unit unit, CancellationToken cancellationToken)
    {
        if (!unit.Changes.Any(static change => change is Change.EnableRollout { After: false }))
        {
            return null;
        }

        var view = await new RetireViewReader(tenant).ReadAsync(plan, cancellationToken);
        return view.Problems.Concat(RetireGuards.Judge(view.Returning)).FirstOrDefault(static guard => guard.Verdict != GuardVerdict.Holds)?.Code;
    }
}
