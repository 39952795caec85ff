namespace MfaPlan.State.Keys;

/// <summary>A key as a vault wrapped it.</summary>
/// <param name="Key">The vault's key, with the version that wrapped.</param>
/// <param name="Bytes">What only the vault opens.</param>
public sealed record VaultWrapped(VaultKeyId Key, ReadOnlyMemory<byte> Bytes);
