using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>A page of hardware tokens of the inventory.</summary>
internal sealed record DevicePage(List<DeviceRow> Value)
{
    [JsonPropertyName("@odata.nextLink")]
    public string? NextLink { get; init; }
}

/// <summary>A hardware token of the inventory or of a user.</summary>
internal sealed record DeviceRow
{
    public string? Id { get; init; }

    public string? SerialNumber { get; init; }

    /// <summary>available, assigned, activated, failedActivation, or a later word.</summary>
    public string? Status { get; init; }

    public DeviceHolder? AssignedTo { get; init; }

    /// <summary>The device, where the answer wraps it.</summary>
    public DeviceRow? Device { get; init; }
}

/// <summary>The user who holds a token.</summary>
internal sealed record DeviceHolder(Guid? Id);
