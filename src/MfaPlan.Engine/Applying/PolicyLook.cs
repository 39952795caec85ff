using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Applying;

/// <summary>A look at the authentication methods policy: at those of its parts that the changes of a unit are about, and at no others.</summary>
public static class PolicyLook
{
    /// <summary>Looks; where a part cannot be read nothing is known of the whole.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="unit">A unit of the policy.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public static async Task<Observed<Look>> AtAsync(ITenantWriter tenant, Unit unit, CancellationToken cancellationToken)
    {
        var look = Observing.As(
            await tenant.LookAtPolicyAsync(cancellationToken), static configurations => new Look.OfPolicy(configurations));
        return look is Observed<Look>.Seen { Value: Look.OfPolicy policy } && unit.Changes.Any(static change => change is Change.SetCampaign)
            ? Observing.As(await tenant.LookAtCampaignAsync(cancellationToken), campaign => policy with { Campaign = campaign })
            : look;
    }
}
