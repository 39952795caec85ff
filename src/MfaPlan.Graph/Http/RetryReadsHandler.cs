using System.Net;

namespace MfaPlan.Graph.Http;

/// <summary>
/// Repeats reads that met a passing trouble. Never a write: whether that may go again is the apply protocol's decision. The wait after a
/// 429 is the limiter's, which the repeated request meets on its way.
/// </summary>
internal sealed class RetryReadsHandler(TimeProvider time) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        RequestNotes.Reads(request) ? ReadAsync(request, cancellationToken) : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var failures = 0;
        var throttles = 0;
        while (true)
        {
            var response = await TryAsync(request, failures, cancellationToken);
            var throttled = response?.StatusCode == HttpStatusCode.TooManyRequests;
            if (response is not null && !Retry.IsPassing(response.StatusCode) && !throttled)
            {
                return response;
            }

            if (throttled ? ++throttles >= Retry.MostThrottles : ++failures >= Retry.MostAttempts)
            {
                return response!;
            }

            response?.Dispose();
            if (!throttled)
            {
                await Task.Delay(Retry.Wait(failures), time, cancellationToken);
            }
        }
    }

    // The last attempt's failure is the caller's to see.
    private async Task<HttpResponseMessage?> TryAsync(HttpRequestMessage request, int failures, CancellationToken cancellationToken)
    {
        var last = failures + 1 >= Retry.MostAttempts;
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (TimeoutException) when (!last)
        {
            return null;
        }
        catch (HttpRequestException) when (!last)
        {
            return null;
        }
    }
}
