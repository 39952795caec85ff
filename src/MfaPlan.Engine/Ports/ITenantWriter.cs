using MfaPlan.Core.Changes;

namespace MfaPlan.Engine.Ports;

/// <summary>Looks at what one unit is about, and sends one change. The only way to the tenant that writes.</summary>
public interface ITenantWriter : ITenantLooks
{
    /// <summary>
    /// Sends one change, once. A request once sent is seen through: there is a timeout and, on purpose, no cancellation. When the timeout is
    /// over the request is over, for a later run reckons with that; so waiting for a permit or a throttled budget counts, and where no permit
    /// is had in time nothing is sent and the answer is <see cref="SendResult.Throttled"/>.
    /// </summary>
    /// <param name="unit">The unit the change belongs to.</param>
    /// <param name="change">The change.</param>
    /// <param name="timeout">How long from now until the request must be over.</param>
    /// <param name="fence">Asked in the instant before the request leaves, every time that one does.</param>
    /// <exception cref="LockLostException">The fence is closed; nothing was sent.</exception>
    Task<SendResult> SendAsync(UnitId unit, Change change, TimeSpan timeout, IFence fence);
}
