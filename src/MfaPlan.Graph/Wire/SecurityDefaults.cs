namespace MfaPlan.Graph.Wire;

/// <summary>The security defaults policy.</summary>
internal sealed record SecurityDefaults(bool IsEnabled);
