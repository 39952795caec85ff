using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Applying;

/// <summary>A look at a unit's target, whatever its kind: apply decides by it, and verify compares with it.</summary>
internal static class Looks
{
    /// <summary>Looks at what the changes of a unit are about.</summary>
    /// <exception cref="InvalidOperationException">The unit is of a kind that no stage carries out.</exception>
    public static async Task<Observed<Look>> AtAsync(ITenantLooks tenant, Unit unit, CancellationToken cancellationToken) => unit.Id.Kind switch
    {
        UnitKind.User when unit.Changes.Any(static change => change is Change.RouteUser) => As(
            await tenant.LookAtMembershipAsync(
                unit.Id.User, [.. unit.Changes.OfType<Change.RouteUser>().Select(static route => route.Group).Distinct()], cancellationToken),
            static groups => new Look.OfMembership(groups)),
        UnitKind.User => As(
            await tenant.LookAsync(
                unit.Id.User,
                unit.Changes.Aggregate(MethodParts.None, static (parts, change) => parts | change.Parts),
                unit.TokenSerials(),
                cancellationToken),
            static methods => new Look.OfUser(methods)),
        UnitKind.Domain => As(
            await tenant.LookAtFederationAsync(unit.Id.Name, cancellationToken), static federation => new Look.OfFederation(federation)),
        UnitKind.Policy when unit.Id == RolloutPlanner.Id => As(
            await tenant.LookAtRolloutAsync(cancellationToken), static policy => new Look.OfRollout(policy)),
        UnitKind.Policy => await AtPolicyAsync(tenant, unit, cancellationToken),
        _ => throw new InvalidOperationException("A unit of this kind cannot be carried out."),
    };

    /// <summary>
    /// Those parts of the authentication methods policy that the changes of a unit are about, and no others; where a part cannot be read nothing
    /// is known of the whole.
    /// </summary>
    private static async Task<Observed<Look>> AtPolicyAsync(ITenantLooks tenant, Unit unit, CancellationToken cancellationToken)
    {
        var look = As(await tenant.LookAtPolicyAsync(cancellationToken), static configurations => new Look.OfPolicy(configurations));
        return look is Observed<Look>.Seen { Value: Look.OfPolicy policy } && unit.Changes.Any(static change => change is Change.SetCampaign)
            ? As(await tenant.LookAtCampaignAsync(cancellationToken), campaign => policy with { Campaign = campaign })
            : look;
    }

    /// <summary>A read of one kind of target as a look at any.</summary>
    public static Observed<Look> As<T>(Observed<T> observed, Func<T, Look> look) => observed switch
    {
        Observed<T>.Seen seen => new Observed<Look>.Seen(look(seen.Value), seen.At),
        Observed<T>.Unknown unknown => new Observed<Look>.Unknown(unknown.Code),
        _ => throw new InvalidOperationException("A read is seen or unknown."),
    };
}
