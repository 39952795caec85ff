using Azure.Core;
using Azure.Core.Pipeline;
using MfaPlan.State.Keys;

namespace MfaPlan.State.Tests.Keys;

/// <summary>A vault of the tests, asked through the product's own client.</summary>
internal static class Vaults
{
    public const string Key = "https://contoso-mfa.vault.azure.net/keys/mfaplan";

    public static KeySource.Vault Source(FakeVault vault, string key = Key) => new(VaultKeyId.Parse(key), Client(vault));

    public static AzureKeyVault Client(FakeVault vault)
    {
        var options = new VaultOptions { Transport = new HttpClientTransport(vault) };
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.Zero;
        return new AzureKeyVault(new Identity(), options);
    }

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(requestContext.Scopes[0], DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
