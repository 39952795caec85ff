using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Ports;

/// <summary>Looks at one user and sends one change. The only way to the tenant that writes.</summary>
public interface ITenantWriter
{
    /// <summary>Reads what a unit's changes are about, now.</summary>
    /// <param name="user">Object id.</param>
    /// <param name="parts">What to read.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    Task<Observed<UserMethods>> LookAsync(Guid user, MethodParts parts, CancellationToken cancellationToken);

    /// <summary>
    /// Sends one change, once. A request once sent is seen through: there is a timeout and, on purpose, no cancellation. Waiting for a
    /// permit or for a throttled budget comes before the request is made, and does not count towards the timeout.
    /// </summary>
    /// <param name="unit">The unit the change belongs to.</param>
    /// <param name="change">The change.</param>
    /// <param name="timeout">How long to wait for the answer.</param>
    Task<SendResult> SendAsync(UnitId unit, Change change, TimeSpan timeout);
}
