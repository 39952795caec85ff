using MfaPlan.Graph.Http;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Graph.Tests;

public sealed class RetryTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task A_write_is_never_repeated_whichever_way_it_takes(int status)
    {
        using var graph = new FakeGraph(_ => new Answer(status));
        graph.Before = (_, _) => status == 0 ? throw new HttpRequestException("cut") : Task.CompletedTask;
        using var retry = new RetryReadsHandler(new FakeTimeProvider()) { InnerHandler = graph };
        using var client = new HttpMessageInvoker(retry);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://graph.microsoft.com/v1.0/x");

        await Record.ExceptionAsync(() => client.SendAsync(request, TestContext.Current.CancellationToken));

        graph.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(100, 30)]
    public void The_wait_doubles_up_to_half_a_minute(int failures, int seconds)
    {
        Retry.Wait(failures).ShouldBe(TimeSpan.FromSeconds(seconds));
    }
}
