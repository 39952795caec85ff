using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>A hardware OATH token of the tenant's inventory.</summary>
internal sealed record HardwareDevice
{
    public required string Id { get; init; }

    public required string SerialNumber { get; init; }

    public string? Manufacturer { get; init; }

    public string? Model { get; init; }

    /// <summary>Base32; it is in the file, and in no answer.</summary>
    public string? SecretKey { get; init; }

    public int IntervalSeconds { get; init; } = 30;

    public string HashFunction { get; init; } = "hmacsha1";

    public string? DisplayName { get; init; }

    public string Status { get; init; } = "available";

    public string? LastUsed { get; init; }

    public string? AssignedTo { get; init; }

    public static HardwareDevice FromFile(JsonElement item) => new()
    {
        Id = item.Text("id") ?? Ids.From("hardwareOathDevice", item.Text("serialNumber") ?? string.Empty),
        SerialNumber = item.Text("serialNumber") ?? string.Empty,
        Manufacturer = item.Text("manufacturer"),
        Model = item.Text("model"),
        SecretKey = item.Text("secretKey"),
        IntervalSeconds = (int)(item.Number("timeIntervalInSeconds") ?? 30),
        HashFunction = item.Text("hashFunction") ?? "hmacsha1",
        DisplayName = item.Text("displayName"),
        AssignedTo = item.TryGetProperty("assignedTo", out var user) ? user.Text("id") : null,
        Status = item.Text("status")
            ?? (item.TryGetProperty("assignedTo", out var owner) && owner.Text("id") is not null
                ? "assigned"
                : "available"),
        LastUsed = item.Text("lastUsedDateTime"),
    };

    public JsonObject ToFile()
    {
        var node = ToJson(null);
        node["secretKey"] = SecretKey;
        if (AssignedTo is not null)
        {
            node["assignedTo"] = new JsonObject { ["id"] = AssignedTo };
        }

        foreach (var name in node.Where(static pair => pair.Value is null).Select(static pair => pair.Key).ToList())
        {
            node.Remove(name);
        }

        return node;
    }

    /// <summary>As a GET shows it: the secret is always null.</summary>
    public JsonObject ToJson(string? ownerName) => new()
    {
        ["id"] = Id,
        ["displayName"] = DisplayName,
        ["serialNumber"] = SerialNumber,
        ["manufacturer"] = Manufacturer,
        ["model"] = Model,
        ["secretKey"] = null,
        ["timeIntervalInSeconds"] = IntervalSeconds,
        ["hashFunction"] = HashFunction,
        ["status"] = Status,
        ["lastUsedDateTime"] = LastUsed,
        ["assignedTo"] = AssignedTo is null
            ? null
            : new JsonObject { ["id"] = AssignedTo, ["displayName"] = ownerName },
    };
}
