namespace MfaPlan.State.Keys;

/// <summary>
/// A vault that wraps keys by one of its own and never gives that out. Called without waiting: a command asks once, when it first needs a key.
/// </summary>
public interface IKeyVault
{
    /// <summary>Wraps a key.</summary>
    /// <param name="key">The identifier of the vault's key; without a version the newest wraps.</param>
    /// <param name="plain">The key to wrap.</param>
    /// <exception cref="StateException">The vault is out of reach, refuses, or has no such key that wraps.</exception>
    VaultWrapped Wrap(VaultKeyId key, ReadOnlySpan<byte> plain);

    /// <summary>Unwraps a key, with the version that wrapped it.</summary>
    /// <exception cref="StateException">The vault is out of reach, refuses, has no such key any more, or did not wrap this.</exception>
    byte[] Unwrap(VaultWrapped wrapped);
}
