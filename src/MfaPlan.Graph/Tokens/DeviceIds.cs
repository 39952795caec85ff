using System.Collections.Concurrent;

namespace MfaPlan.Graph.Tokens;

/// <summary>The ids of hardware tokens by serial number, as looks and creations told them: requests name the id, changes the serial number.</summary>
internal sealed class DeviceIds
{
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes an id in.</summary>
    public void Note(string serial, string id) => _ids[serial] = id;

    /// <summary>The id of a serial number; null when none was told.</summary>
    public string? Find(string serial) => _ids.GetValueOrDefault(serial);
}
