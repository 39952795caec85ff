using System.Collections.Concurrent;
using System.Collections.Immutable;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>The tenant's hardware OATH tokens, in the order of their ids.</summary>
internal sealed class HardwareInventory
{
    private readonly ConcurrentDictionary<string, Versioned<HardwareDevice?>> _devices =
        new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> _bySerial =
        new(StringComparer.OrdinalIgnoreCase);
    private ImmutableSortedSet<string> _ids = ImmutableSortedSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    public HardwareInventory(IEnumerable<HardwareDevice> devices)
    {
        var ids = _ids.ToBuilder();
        foreach (var device in devices)
        {
            ids.Add(device.Id);
            _devices[device.Id] = new(device);
            Index(device);
        }

        _ids = ids.ToImmutable();
    }

    /// <summary>Held while devices are checked and changed; taken before the gate of a user.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Ids of all devices there ever were.</summary>
    public ImmutableSortedSet<string> AllIds => Volatile.Read(ref _ids);

    public HardwareDevice? Current(string id) => _devices.GetValueOrDefault(id)?.Current;

    public HardwareDevice? Seen(string id, DateTimeOffset now) => _devices.GetValueOrDefault(id)?.Seen(now);

    /// <summary>Ids under which a serial number is or was known.</summary>
    public IEnumerable<string> WithSerial(string serial) => _bySerial.GetValueOrDefault(serial) ?? [];

    /// <summary>Puts a device in place, or removes it; the caller holds the gate.</summary>
    public void Write(string id, HardwareDevice? device, DateTimeOffset now, TimeSpan delay)
    {
        if (!_devices.TryGetValue(id, out var known))
        {
            _devices[id] = known = new(null);
            _ids = _ids.Add(id);
        }

        known.Write(device, now, delay);
        if (device is not null)
        {
            Index(device);
        }
    }

    private void Index(HardwareDevice device) => _bySerial.AddOrUpdate(
        device.SerialNumber,
        static (_, id) => [id],
        static (_, ids, id) => ids.Add(id),
        device.Id);
}
