namespace MfaPlan.Graph.Wire;

/// <summary>The body that creates or changes a phone method.</summary>
internal sealed record PhoneWrite(string PhoneNumber, string PhoneType);
