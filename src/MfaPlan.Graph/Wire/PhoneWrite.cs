namespace MfaPlan.Graph.Wire;

/// <summary>The body that creates or changes a phone method.</summary>
internal sealed record PhoneWrite(string PhoneNumber, string PhoneType)
{
    /// <summary>Without the number, wherever it may be printed.</summary>
    public override string ToString() => $"{nameof(PhoneWrite)} {PhoneType}";
}
