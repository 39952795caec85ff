using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using MfaPlan.State.Keys;

namespace MfaPlan.Cli.Tests.Scenarios;

/// <summary>One vault of the tests, asked through the product's own client.</summary>
internal sealed class KeyVaults : IDisposable
{
    private readonly FakeVault _vault = new("https://contoso-mfa.vault.azure.net/keys/mfaplan");

    /// <summary>The vault as it is from now on: works, unreachable, refuses or disabled.</summary>
    public AzureKeyVault As(string how)
    {
        _vault.Unreachable = how == "unreachable";
        _vault.Refusal = how switch
        {
            "works" or "unreachable" => null,
            "refuses" => (HttpStatusCode.Forbidden, "Forbidden", "ForbiddenByRbac"),
            "disabled" => (HttpStatusCode.Forbidden, "Forbidden", "KeyDisabled"),
            _ => throw new FormatException($"There is no vault that {how}."),
        };
        var options = new VaultOptions { Transport = new HttpClientTransport(_vault) };
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.Zero;
        return new AzureKeyVault(new Identity(), options);
    }

    /// <inheritdoc/>
    public void Dispose() => _vault.Dispose();

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(requestContext.Scopes[0], DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
