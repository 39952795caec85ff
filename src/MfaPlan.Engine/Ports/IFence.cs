namespace MfaPlan.Engine.Ports;

/// <summary>
/// Whether a session still holds its lock, for sure and now. It is asked in the instant before a request leaves: between the begin line and
/// the request a process may have been stopped for so long that another has taken over.
/// </summary>
public interface IFence
{
    /// <summary>Returns when the lock is held. Quick, from any thread, asks nobody.</summary>
    /// <exception cref="LockLostException">It was lost, or it is not sure that it was not. It stays so.</exception>
    void Check();
}
