namespace MfaPlan.State.Keys;

/// <summary>Why the vault refuses.</summary>
/// <param name="Error">The refusal.</param>
internal sealed record VaultRefusal(VaultError? Error);
