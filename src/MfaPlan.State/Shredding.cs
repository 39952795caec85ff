using MfaPlan.Engine.Ports;

namespace MfaPlan.State;

/// <summary>When and by whom a state's keys were destroyed.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who said so, and on which machine.</param>
public sealed record Shredding(DateTimeOffset At, string By)
{
    /// <summary>What is destroyed by a session of its own.</summary>
    internal static Shredding Now(LockHolder session, string who) => new(session.Since, $"{who} on {session.Host}");
}
