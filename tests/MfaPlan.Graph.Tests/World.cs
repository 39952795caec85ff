using MfaPlan.Core.Tenants;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Graph.Tests;

/// <summary>A tenant over a fake service and a fake clock.</summary>
internal sealed class World : IAsyncDisposable
{
    public World(Func<Asked, Answer> respond, Func<GraphTenantOptions, GraphTenantOptions>? change = null)
    {
        Graph = new FakeGraph(respond) { Date = Time.GetUtcNow() };
        var options = new GraphTenantOptions(new Uri("http://127.0.0.1:5005"))
        {
            Handler = Graph,
            Time = Time,
            WritePace = null,
            RequestTimeout = TimeSpan.FromSeconds(30),
        };
        Tenant = GraphTenant.Open(change is null ? options : change(options));
    }

    public static CancellationToken None => CancellationToken.None;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeGraph Graph { get; }

    public GraphTenant Tenant { get; }

    /// <summary>An object id that says its number.</summary>
    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public Task<T> RunAsync<T>(Func<GraphTenant, Task<T>> what) => Time.RunAsync(what(Tenant));

    public async ValueTask DisposeAsync()
    {
        await Tenant.DisposeAsync();
        Graph.Dispose();
    }
}

internal static class ObservedAssertions
{
    public static T ShouldBeSeen<T>(this Observed<T> observed) => observed.ShouldBeOfType<Observed<T>.Seen>().Value;

    public static string ShouldBeUnknown<T>(this Observed<T> observed) => observed.ShouldBeOfType<Observed<T>.Unknown>().Code;
}
