using System.Security.Cryptography;
using MfaPlan.Core.Privacy;
using MfaPlan.State.Keys;

namespace MfaPlan.State;

/// <summary>
/// Where the key is kept that opens the state's data keys: 32 bytes in base64, or a vault that keeps them wrapped in <c>state.json</c>.
/// </summary>
public abstract record KeySource
{
    private const int Length = 32;

    private KeySource()
    {
    }

    /// <summary>
    /// Whether a key may be made here. Whoever runs in CI refuses that: a key made there is gone with the job.
    /// </summary>
    public bool MayMakeKey => this is File { CreateIfMissing: true };

    /// <summary>An environment variable.</summary>
    /// <param name="Name">Its name, for messages.</param>
    /// <param name="Value">Its value, read by whoever knows the environment; null when it is not set.</param>
    public sealed record Env(string Name, Secret? Value) : KeySource;

    /// <summary>A file.</summary>
    /// <param name="Path">Where.</param>
    /// <param name="CreateIfMissing">Whether <see cref="LocalState.Init"/> may make it.</param>
    public sealed record File(string Path, bool CreateIfMissing) : KeySource;

    /// <summary>A key of a vault; it wraps the one that opens the data keys.</summary>
    /// <param name="Key">The vault's key.</param>
    /// <param name="Service">The vault.</param>
    public sealed record Vault(VaultKeyId Key, IKeyVault Service) : KeySource;

    /// <summary>No key: what needs none works, such as reading the journal.</summary>
    public sealed record None() : KeySource;

    /// <summary>The key to wrap data keys with from now on; made first where that is allowed and it is missing, and in a vault always.</summary>
    /// <exception cref="StateException">There is none, or it is no key.</exception>
    internal (byte[] Key, VaultWrapped? Wrapped) Make()
    {
        if (this is Vault vault)
        {
            var key = RandomNumberGenerator.GetBytes(Length);
            try
            {
                return (key, vault.Service.Wrap(vault.Key, key));
            }
            catch
            {
                CryptographicOperations.ZeroMemory(key);
                throw;
            }
        }

        if (this is File { CreateIfMissing: true } file && !System.IO.File.Exists(file.Path))
        {
            var line = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n";
            WholeFile.Write(file.Path, System.Text.Encoding.ASCII.GetBytes(line), replace: false);
        }

        return (Open(wrapped: null), null);
    }

    /// <summary>The key.</summary>
    /// <param name="wrapped">The key as the state keeps it, where a vault wrapped it.</param>
    /// <exception cref="StateException">There is none, or it is no key.</exception>
    internal byte[] Open(VaultWrapped? wrapped) => this switch
    {
        None => throw Missing("No key is given.", "Name an environment variable or a file in the plan's \"state\"."),
        Vault vault when wrapped is not null && vault.Key.IsSameKey(wrapped.Key) => OfVault(vault, wrapped),
        Vault vault => throw Other($"the vault's key {vault.Key}", wrapped),
        _ when wrapped is not null => throw Other("a file or an environment variable", wrapped),
        Env { Value: { } value } env => value.Reveal(text => Decode(text, $"The environment variable {env.Name}")),
        Env env => throw Missing($"The environment variable {env.Name} is not set.", $"Set {env.Name} to the key, 32 bytes in base64."),
        File file when !System.IO.File.Exists(file.Path) =>
            throw Missing(
                $"The key file {file.Path} is not there.",
                "Put it back from where it is kept safe; nothing else opens what this state sealed."),
        File file => Decode(System.IO.File.ReadAllText(file.Path), $"The key file {file.Path}"),
        _ => throw new InvalidOperationException("There is no such source of a key."),
    };

    private static byte[] OfVault(Vault vault, VaultWrapped wrapped) => vault.Service.Unwrap(wrapped) is { Length: Length } key
        ? key
        : throw new StateException(StateDiagnostics.KeyWrong, $"What the vault's key {wrapped.Key} opened is no key.", "Put state.json back from a backup.");

    private static StateException Other(string asked, VaultWrapped? wrapped) => new(
        StateDiagnostics.KeyWrong,
        $"The plan names {asked}; this state was wrapped by {(wrapped is null ? "a key of a file or an environment variable" : $"the vault's key {wrapped.Key}")}.",
        "Name that in the plan's \"state.key\"; \"mfaplan state rotate\" changes it." + StateRemedies.WithoutKey);

    private static byte[] Decode(string text, string where)
    {
        var key = new byte[Length];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == Length
            ? key
            : throw new StateException(StateDiagnostics.KeyWrong, $"{where} holds no key.", "A key is 32 bytes in base64: 44 characters.");
    }

    private static StateException Missing(string message, string remedy) => new(
        StateDiagnostics.KeyMissing, message, remedy + StateRemedies.WithoutKey);
}
