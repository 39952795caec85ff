using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MfaPlan.Graph.SignIn;

namespace MfaPlan.Graph.Http;

/// <summary>
/// Lets requests out to allowed hosts only, with token and names. A 401 means that nothing happened, so the request goes once more with
/// another token, if there is another.
/// </summary>
internal sealed class GateHandler(HostGuard guard, TokenSource? tokens, string? priority, TimeProvider time) : DelegatingHandler
{
    private static readonly ProductInfoHeaderValue Product = new("MfaPlan", "1.0");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        guard.Check(request.RequestUri);
        Stamp(request);
        if (tokens is null)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var token = await tokens.GetAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        var another = await tokens.RenewAsync(token, ClaimsOf(response), cancellationToken);
        if (another == token)
        {
            return response;
        }

        response.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", another);
        return await base.SendAsync(request, cancellationToken);
    }

    private void Stamp(HttpRequestMessage request)
    {
        if (!request.Headers.NonValidated.Contains("client-request-id"))
        {
            request.Headers.TryAddWithoutValidation("client-request-id", Guid.CreateVersion7(time.GetUtcNow()).ToString("D"));
        }

        if (priority is not null && !request.Headers.NonValidated.Contains("x-ms-throttle-priority"))
        {
            request.Headers.TryAddWithoutValidation("x-ms-throttle-priority", priority);
        }

        if (!request.Headers.NonValidated.Contains("User-Agent"))
        {
            request.Headers.UserAgent.Add(Product);
        }
    }

    // Continuous access evaluation: WWW-Authenticate: Bearer …, claims="<base64>"
    private static string? ClaimsOf(HttpResponseMessage response)
    {
        const string Name = "claims=\"";
        foreach (var challenge in response.Headers.WwwAuthenticate)
        {
            var text = challenge.Parameter ?? "";
            var start = text.IndexOf(Name, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf('"', start + Name.Length);
            if (end < 0)
            {
                continue;
            }

            var encoded = text[(start + Name.Length)..end].Replace('-', '+').Replace('_', '/');
            encoded = encoded.PadRight((encoded.Length + 3) / 4 * 4, '=');
            var bytes = new byte[encoded.Length];
            if (Convert.TryFromBase64String(encoded, bytes, out var length))
            {
                return Encoding.UTF8.GetString(bytes, 0, length);
            }
        }

        return null;
    }
}
