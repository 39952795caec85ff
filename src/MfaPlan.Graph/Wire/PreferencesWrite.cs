namespace MfaPlan.Graph.Wire;

/// <summary>The body that sets the default method.</summary>
internal sealed record PreferencesWrite(string UserPreferredMethodForSecondaryAuthentication);
