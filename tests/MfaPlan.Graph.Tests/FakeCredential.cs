using Azure.Core;
using Azure.Identity;

namespace MfaPlan.Graph.Tests;

/// <summary>Gives token-1, token-2, … each good for an hour of the given clock.</summary>
internal sealed class FakeCredential : TokenCredential
{
    private int _count;

    public bool Fails { get; init; }

    /// <summary>Always the same token, as a real credential's cache gives.</summary>
    public bool Cached { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public List<TokenRequestContext> Asked { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Asked.Add(requestContext);
        return Fails
            ? throw new AuthenticationFailedException("AADSTS7000215: Invalid client secret provided: s3cr3t-value. Trace ID: 1")
            : new AccessToken(Cached ? "token" : $"token-{++_count}", Time.GetUtcNow().AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
