using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Authentication;
using MfaPlan.Sandbox.Directory;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>Reads the inventory of hardware tokens and who has them.</summary>
/// <param name="documents">Where the inventory is taken out of.</param>
/// <param name="file">Who reports what is wrong.</param>
internal sealed class DeviceReader(Dictionary<string, JsonElement> documents, TenantFileReader file)
{
    /// <summary>The devices; an assignment that the file gives at one place only is completed at the other.</summary>
    public List<HardwareDevice> Read(IReadOnlyList<SandboxUser> owners)
    {
        var devices = new List<HardwareDevice>();
        if (!documents.Remove(DocumentPaths.HardwareDevices, out var items))
        {
            return devices;
        }

        var i = 0;
        foreach (var item in items.EnumerateArray())
        {
            var at = $"directory.hardwareOathDevices[{i++}]";
            file.CheckNames(item, at, KnownNames.HardwareDevice);
            if (item.Text("serialNumber") is null)
            {
                throw file.Wrong(at, "the device has no serialNumber", "Add one.");
            }

            devices.Add(HardwareDevice.FromFile(item));
        }

        return Assigned(devices, owners);
    }

    /// <summary>Brings the two places together in which an assignment may be written: the device, and the user's
    /// methods.</summary>
    private static List<HardwareDevice> Assigned(List<HardwareDevice> devices, IReadOnlyList<SandboxUser> owners)
    {
        if (devices.Count == 0)
        {
            return devices;
        }

        var byId = devices.ToDictionary(static device => device.Id, StringComparer.OrdinalIgnoreCase);
        var users = owners.ToDictionary(static user => user.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var user in owners)
        {
            foreach (var method in user.Authentication.Current.Methods)
            {
                if (method.Collection == MethodCollection.HardwareOath
                    && byId.TryGetValue(method.Id, out var device)
                    && device.AssignedTo is null)
                {
                    byId[device.Id] = device with
                    {
                        AssignedTo = user.Id,
                        Status = device.Status == "available" ? "assigned" : device.Status,
                    };
                }
            }
        }

        foreach (var device in byId.Values)
        {
            if (device.AssignedTo is { } owner && users.TryGetValue(owner, out var user)
                && user.Authentication.Current.Method(MethodCollection.HardwareOath, device.Id) is null)
            {
                var method = new MethodRecord(
                    MethodCollection.HardwareOath,
                    device.Id,
                    Json.Bytes(new JsonObject { ["id"] = device.Id }));
                user.Authentication.Write(user.Authentication.Current.With(method), default, TimeSpan.Zero);
            }
        }

        return [.. devices.Select(device => byId[device.Id])];
    }
}
