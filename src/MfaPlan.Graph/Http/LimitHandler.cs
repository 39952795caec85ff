using System.Net;
using MfaPlan.Graph.Limiting;

namespace MfaPlan.Graph.Http;

/// <summary>
/// Waits for the budget's permit, then has the answer within the time limit, body and all: the permit is held exactly while the request
/// is in flight. A request with a limit of its own must be over by then, waiting for the permit included: where none is had in half of that,
/// nothing is sent (<see cref="PermitNotHadException"/>). For others the limit does not count the wait.
/// </summary>
internal sealed class LimitHandler(Limiters limiters, TenantClock clock, TimeSpan timeout, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var limiter = limiters[RequestNotes.BudgetOf(request)];
        var asked = time.GetTimestamp();
        TimeSpan? own = request.Options.TryGetValue(RequestNotes.Timeout, out var given) ? given : null;
        var permit = await AcquireAsync(limiter, !RequestNotes.Reads(request), own / 2, cancellationToken);
        var signal = new AnswerSignal(Throttled: false, Failed: true, null, null);
        try
        {
            var response = await AnswerAsync(request, own is { } limit ? limit - time.GetElapsedTime(asked) : timeout, cancellationToken);
            clock.Note(response.Headers.Date);
            signal = SignalOf(response);
            return response;
        }
        finally
        {
            limiter.Release(permit, signal);
        }
    }

    private async Task<Permit> AcquireAsync(AdaptiveLimiter limiter, bool write, TimeSpan? patience, CancellationToken cancellationToken)
    {
        if (patience is not { } longest)
        {
            return await limiter.AcquireAsync(write, cancellationToken);
        }

        using var over = new CancellationTokenSource(longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            return await limiter.AcquireAsync(write, both.Token);
        }
        catch (OperationCanceledException late) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PermitNotHadException("No permit was had in time, so nothing was sent.", late);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, TimeSpan within, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(within > TimeSpan.Zero ? within : TimeSpan.FromMilliseconds(1), time);
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
