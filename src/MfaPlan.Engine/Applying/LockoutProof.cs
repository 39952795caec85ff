using MfaPlan.Core.Changes;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Applying;

/// <summary>Proves again, from a read in the instant before the write, that a user who is moved can answer the cloud's demand.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="policy">The authentication methods policy, read when the wave opens.</param>
public sealed class LockoutProof(ITenantWriter tenant, MethodsPolicy policy)
{
    /// <summary>The code that says that the user would be locked out.</summary>
    public const string Code = "lockout";

    /// <summary>What stands in the way of a unit; null where nothing does, or it moves nobody into the cloud's MFA.</summary>
    public async Task<string?> StandsInTheWayAsync(Unit unit, CancellationToken cancellationToken)
    {
        if (!unit.Changes.Any(static change => change is Change.RouteUser { After: true }))
        {
            return null;
        }

        return await tenant.LookAsync(unit.Id.User, MethodParts.Methods, [], cancellationToken) switch
        {
            Observed<UserMethods>.Seen seen => UsabilityRule.Usable(unit.Id.User, seen.Value, policy) ? null : Code,
            Observed<UserMethods>.Unknown unknown => unknown.Code,
            _ => throw new InvalidOperationException("A read is seen or unknown."),
        };
    }
}
