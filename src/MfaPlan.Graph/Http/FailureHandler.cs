using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Http;

/// <summary>
/// Makes one exception of everything that is not a good answer, before the SDK makes several: it throws ODataError, ApiException or
/// AggregateException by circumstance, and takes a redirect for an empty answer.
/// </summary>
internal sealed class FailureHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (TimeoutException timeout)
        {
            throw new ReadFailedException(TransportCode.Timeout, 0, timeout);
        }
        catch (HttpRequestException cut)
        {
            throw new ReadFailedException(TransportCode.Of(cut), 0, cut);
        }
        catch (HostNotAllowedException elsewhere)
        {
            throw new ReadFailedException("HostNotAllowed", 0, elsewhere);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new ReadFailedException(ErrorCode.Of(response), (int)response.StatusCode);
        }
    }
}
