using System.Globalization;
using System.Security.Cryptography;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Locks;

/// <summary>Names sessions.</summary>
internal static class Holders
{
    private const int Chance = 4;

    /// <summary>Somebody who holds a lock and whose name cannot be read.</summary>
    public static LockHolder Unknown { get; } = new("unknown", "unknown", 0, DateTimeOffset.UnixEpoch, "unknown");

    /// <summary>This process, as the holder of a lock.</summary>
    /// <param name="doing">The command, for people.</param>
    /// <param name="now">The instant.</param>
    public static LockHolder New(string doing, DateTimeOffset now)
    {
        var host = string.Concat(Environment.MachineName.Select(
            static character => char.IsAsciiLetterOrDigit(character) || character == '.' ? character : '-'));
        var chance = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Chance));
        var name = string.Create(CultureInfo.InvariantCulture, $"{host}/{Environment.ProcessId}/{chance}");
        return new LockHolder(name, host, Environment.ProcessId, now, doing);
    }
}
