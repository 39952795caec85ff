using System.Net;
using MfaPlan.Graph.Limiting;

namespace MfaPlan.Graph.Http;

/// <summary>
/// Waits for the budget's permit, then has the answer within the time limit, body and all: the permit is held exactly while the request
/// is in flight, and the time limit does not count the wait for it.
/// </summary>
internal sealed class LimitHandler(Limiters limiters, TenantClock clock, TimeSpan timeout, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var limiter = limiters[RequestNotes.BudgetOf(request)];
        var permit = await limiter.AcquireAsync(!RequestNotes.Reads(request), cancellationToken);
        var signal = new AnswerSignal(Throttled: false, Failed: true, null, null);
        try
        {
            var response = await AnswerAsync(request, cancellationToken);
            clock.Note(response.Headers.Date);
            signal = SignalOf(response);
            return response;
        }
        finally
        {
            limiter.Release(permit, signal);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(request.Options.TryGetValue(RequestNotes.Timeout, out var own) ? own : timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await base.SendAsync(request, both.Token);
            await response.Content.LoadIntoBufferAsync(both.Token);
            return response;
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The service did not answer in time.", late);
        }
        catch (IOException cut)
        {
            throw new HttpRequestException("The connection was cut.", cut);
        }
    }

    private static AnswerSignal SignalOf(HttpResponseMessage response)
    {
        var throttled = response.StatusCode == HttpStatusCode.TooManyRequests;
        var wait = throttled || response.StatusCode == HttpStatusCode.ServiceUnavailable ? AnswerHeaders.RetryAfter(response) : null;
        return new AnswerSignal(throttled, (int)response.StatusCode >= 500, wait, AnswerHeaders.Fullness(response));
    }
}
