namespace MfaPlan.Graph.Wire;

/// <summary>The body that puts a hardware token into the inventory.</summary>
internal sealed record DeviceWrite(
    string SerialNumber, string Manufacturer, string Model, string SecretKey, int TimeIntervalInSeconds, string HashFunction)
{
    /// <summary>Without the seed, wherever it may be printed.</summary>
    public override string ToString() => nameof(DeviceWrite);
}

/// <summary>The body that assigns a hardware token.</summary>
internal sealed record AssignWrite(DeviceName Device);

/// <summary>A device by its id.</summary>
internal sealed record DeviceName(string Id);
