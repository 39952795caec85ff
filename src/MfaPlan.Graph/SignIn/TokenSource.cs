using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Identity;

namespace MfaPlan.Graph.SignIn;

/// <summary>Keeps one token and renews it in time. One request for a token at a time, whoever needs it.</summary>
internal sealed partial class TokenSource(TokenCredential credential, string scope, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private AccessToken _token;

    /// <summary>A token that is good for some minutes.</summary>
    /// <exception cref="SignInException">There is none to be had.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_token.Token is null || _token.ExpiresOn - Margin <= time.GetUtcNow())
            {
                _token = await RequestAsync(null, cancellationToken);
            }

            return _token.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Another token than the one that was refused; the same one if the credential has no other.</summary>
    /// <param name="refused">The token that was answered with 401.</param>
    /// <param name="claims">What the service demands of the next one, if it said.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async ValueTask<string> RenewAsync(string refused, string? claims, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_token.Token == refused)
            {
                _token = await RequestAsync(claims, cancellationToken);
            }

            return _token.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask<AccessToken> RequestAsync(string? claims, CancellationToken cancellationToken)
    {
        // The credential's own message may quote what it was given, so only the service's error number goes on from here.
        try
        {
            return await credential.GetTokenAsync(new TokenRequestContext([scope], claims: claims), cancellationToken);
        }
        catch (CredentialUnavailableException)
        {
            throw new SignInException(
                "CredentialUnavailable", "This machine offers no credential of that kind. Name another one in the plan's signIn section.");
        }
        catch (AuthenticationFailedException failure)
        {
            var number = ErrorNumber().Match(failure.Message);
            var code = number.Success ? number.Value : "SignInFailed";
            throw new SignInException(code, RemedyOf(code));
        }
    }

    // https://learn.microsoft.com/entra/identity-platform/reference-error-codes
    private static string RemedyOf(string code) => code switch
    {
        "AADSTS7000215" => "The client secret is wrong. Give its value, not its id.",
        "AADSTS7000222" => "The client secret has expired. Make a new one.",
        "AADSTS700027" => "The certificate is not registered with the app, or it has expired. Upload it to the app registration.",
        "AADSTS700016" => "The tenant does not know the app. Check tenant id and client id, and that an administrator has consented.",
        "AADSTS90002" => "There is no such tenant in this cloud. Check tenant id and cloud.",
        "AADSTS700024" or "AADSTS700021" => "The assertion is not valid at this time. Check this machine's clock.",
        "AADSTS700211" or "AADSTS700212" or "AADSTS700213" or "AADSTS70021" =>
            "No federated credential of the app matches this workload. Check issuer, subject and audience.",
        "AADSTS53003" => "A Conditional Access policy blocks the app. Ask who owns the policy.",
        "AADSTS7000112" => "The app is disabled in the tenant. Enable its enterprise application.",
        _ => "Check tenant, client and credential in the plan's signIn section, and that this machine reaches the login host.",
    };

    [GeneratedRegex("AADSTS[0-9]{4,9}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ErrorNumber();
}
