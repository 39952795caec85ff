namespace MfaPlan.Engine.Ports;

/// <summary>Who holds a state's lock.</summary>
/// <param name="Holder">Names the session: host, process id and chance, parted by slashes.</param>
/// <param name="Host">The machine.</param>
/// <param name="Pid">The process.</param>
/// <param name="Since">Since when.</param>
/// <param name="Doing">The command, for people.</param>
public sealed record LockHolder(string Holder, string Host, int Pid, DateTimeOffset Since, string Doing);
