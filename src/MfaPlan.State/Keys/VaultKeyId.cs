namespace MfaPlan.State.Keys;

/// <summary>
/// Names a key of Azure Key Vault: <c>https://NAME.vault.azure.net/keys/KEY</c>, with or without a version. Only hosts of the service are taken, since
/// whoever is asked gets a token that opens the vault.
/// </summary>
public sealed record VaultKeyId
{
    private static readonly string[] Services =
        ["vault.azure.net", "managedhsm.azure.net", "vault.usgovcloudapi.net", "managedhsm.usgovcloudapi.net", "vault.azure.cn", "managedhsm.azure.cn"];

    private VaultKeyId(Uri address, string service, string? version)
    {
        Address = address;
        Service = service;
        Version = version;
    }

    /// <summary>The identifier.</summary>
    public Uri Address { get; }

    /// <summary>The service's domain, such as <c>vault.azure.net</c>; tokens are for it.</summary>
    public string Service { get; }

    /// <summary>The key's version; null for the newest.</summary>
    public string? Version { get; }

    /// <summary>Reads an identifier.</summary>
    /// <exception cref="StateException">It names no key of Azure Key Vault.</exception>
    public static VaultKeyId Parse(string text)
    {
        if (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
            && uri is { Scheme: "https", IsDefaultPort: true, Query: "", Fragment: "", UserInfo: "" }
            && Array.Find(Services, service => uri.Host.EndsWith("." + service, StringComparison.Ordinal)) is { } service
            && uri.AbsolutePath.TrimEnd('/').Split('/') is ["", "keys", { Length: > 0 }, ..] and { Length: 3 or 4 } parts
            && parts[2..].All(static part => part.All(static character => char.IsAsciiLetterOrDigit(character) || character == '-')))
        {
            return new VaultKeyId(
                new Uri($"https://{uri.Host}/keys/{string.Join('/', parts[2..])}"), service, parts.Length == 4 ? parts[3] : null);
        }

        throw new StateException(
            StateDiagnostics.VaultKeyUnusable,
            $"\"{text}\" names no key of Azure Key Vault.",
            "A key is named by its identifier: https://NAME.vault.azure.net/keys/KEY, with or without a version behind it.");
    }

    /// <summary>Whether both name the same key, whatever the version.</summary>
    public bool IsSameKey(VaultKeyId other) => WithoutVersion == other.WithoutVersion;

    /// <inheritdoc/>
    public override string ToString() => Address.AbsoluteUri;

    private string WithoutVersion => Version is null ? Address.AbsoluteUri : Address.AbsoluteUri[..^(Version.Length + 1)];
}
