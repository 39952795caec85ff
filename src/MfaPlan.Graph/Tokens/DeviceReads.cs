using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Tokens;

/// <summary>Reads the tenant's inventory of hardware OATH tokens, by serial number. Beta only.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/authenticationmethoddevice-list-hardwareoathdevices"/>
internal sealed class DeviceReads(GraphConnection graph, DeviceIds ids)
{
    /// <summary>The collection's path.</summary>
    public const string Path = "/beta/directory/authenticationMethodDevices/hardwareOathDevices";

    /// <summary>So many questions wait at a time; the limiter decides how many of them are in flight.</summary>
    private const int AtOnce = 64;

    /// <summary>The devices with these serial numbers, in order of serial number.</summary>
    /// <exception cref="ReadFailedException">One of them could not be read.</exception>
    public async Task<ImmutableArray<TokenDevice>> ReadAsync(IReadOnlyCollection<string> serials, CancellationToken cancellationToken)
    {
        var devices = new List<TokenDevice>();
        foreach (var chunk in serials.Chunk(AtOnce))
        {
            devices.AddRange((await Task.WhenAll(chunk.Select(serial => ReadAsync(serial, cancellationToken)))).SelectMany(static found => found));
        }

        return [.. devices.OrderBy(static device => device.Serial, StringComparer.Ordinal).ThenBy(static device => device.Id, StringComparer.Ordinal)];
    }

    private async Task<List<TokenDevice>> ReadAsync(string serial, CancellationToken cancellationToken)
    {
        var devices = new List<TokenDevice>();
        var trail = graph.NewTrail();
        var quoted = Uri.EscapeDataString($"serialNumber eq '{serial.Replace("'", "''", StringComparison.Ordinal)}'");
        var address = graph.At($"{Path}?$filter={quoted}");
        while (address is not null)
        {
            var page = await graph.GetAsync(address, GraphJson.Default.DevicePage, cancellationToken);
            foreach (var row in page.Value)
            {
                // Examples of the documentation wrap the device; others show it flat.
                var device = row.Device ?? row;
                if (device.Id is not { Length: > 0 } id || !serial.Equals(device.SerialNumber, StringComparison.OrdinalIgnoreCase))
                {
                    throw new ReadFailedException(TransportCode.InvalidAnswer, 200);
                }

                ids.Note(serial, id);
                devices.Add(new TokenDevice(id, serial, device.AssignedTo?.Id, device.Status == "activated"));
            }

            address = trail.Follow(page.NextLink);
        }

        return devices;
    }
}
