namespace MfaPlan.State.Keys;

/// <summary>What the vault is asked.</summary>
/// <param name="Alg">How to wrap.</param>
/// <param name="Value">In base64url.</param>
internal sealed record VaultRequest(string Alg, string Value);
