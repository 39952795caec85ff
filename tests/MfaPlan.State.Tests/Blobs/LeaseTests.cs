using MfaPlan.Engine.Ports;
using MfaPlan.State.Blobs;
using MfaPlan.State.Tests.Stores;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.State.Tests.Blobs;

/// <summary>One writer, whoever is stopped, however long, wherever.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Held = LeaseTimes.Default.Duration - LeaseTimes.Default.Margin;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lease_that_is_renewed_lasts_and_one_that_is_not_is_over_before_the_storage_says_so()
    {
        await using var container = await BlobContainer.NewAsync();
        var network = new Network();
        await using var session = await container.Open(network).OpenAsync("apply", Stop);

        for (var renewal = 0; renewal < 10; renewal++)
        {
            await TickAsync(container.Time, network);
            session.Fence.Check();
        }

        network.Fault = static (_, _) => Fault.RequestLost;
        container.Time.Advance(Held - TimeSpan.FromSeconds(0.1));
        session.Fence.Check();
        container.Time.Advance(TimeSpan.FromSeconds(0.2));
        Should.Throw<LockLostException>(session.Fence.Check);
        await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Run()));
    }

    [Fact]
    public async Task A_machine_that_slept_goes_by_the_other_clock()
    {
        await using var container = await BlobContainer.NewAsync();
        var time = new SleepyTime(StateFolder.Start);
        await using var session = await container.Open(network: null, time).OpenAsync("apply", Stop);
        session.Fence.Check();

        time.Sleep(TimeSpan.FromMinutes(5));

        Should.Throw<LockLostException>(session.Fence.Check);
    }

    [Fact]
    public async Task A_stopped_holder_that_wakes_sends_nothing_even_when_nobody_took_over()
    {
        await using var container = await BlobContainer.NewAsync();
        var network = new Network();
        var session = await container.Open(network).OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());
        var requests = network.Requests;

        container.Time.Advance(TimeSpan.FromMinutes(1));

        Should.Throw<LockLostException>(session.Fence.Check);
        var broken = await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(1)));
        broken.InnerException.ShouldBeOfType<LockLostException>();
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Stop);
        Should.Throw<LockLostException>(session.Fence.Check);
        network.Requests.ShouldBe(requests);
        await session.DisposeAsync();
    }

    [Fact]
    public async Task A_holder_that_another_replaced_is_told_by_the_next_renewal()
    {
        await using var container = await BlobContainer.NewAsync();
        var network = new Network();
        await using var first = await container.Open(network).OpenAsync("apply", Stop);
        await container.ExpireAsync();
        await using var second = await container.Open(network: null, new FakeTimeProvider(StateFolder.Start)).OpenAsync("apply", Stop);
        first.Fence.Check();

        await TickAsync(container.Time, network);

        Should.Throw<LockLostException>(first.Fence.Check);
        second.Fence.Check();
        second.Previous.ShouldNotBeNull().Holder.ShouldBe(first.Holder);
    }

    [Fact]
    public async Task The_storage_itself_refuses_the_lines_of_a_holder_whose_clocks_stood_still()
    {
        await using var container = await BlobContainer.NewAsync();
        var first = await container.Open(network: null, new FakeTimeProvider(StateFolder.Start)).OpenAsync("apply", Stop);
        await first.Journal.AppendAsync(StateFolder.Run() with { Holder = first.Holder });
        await first.Journal.AppendAsync(StateFolder.Begin(1));
        await container.ExpireAsync();

        await using var second = await container.Open(network: null, new FakeTimeProvider(StateFolder.Start)).OpenAsync("apply", Stop);
        var broken = await Should.ThrowAsync<JournalBrokenException>(async () => await first.Journal.AppendAsync(StateFolder.Settle(1)));
        await second.Journal.AppendAsync(StateFolder.Begin(1));

        broken.InnerException.ShouldBeOfType<LockLostException>();
        second.TookOver.ShouldBeTrue();
        second.Epoch.ShouldBe(2);
        second.Ledger.UnsettledCount.ShouldBe(1);
        (await container.Open().ReadAsync(Stop)).UnsettledCount.ShouldBe(1);
        await first.DisposeAsync();
        second.Fence.Check();
        (await container.Open().WhoAsync(Stop)).ShouldNotBeNull().Holder.ShouldBe(second.Holder);
    }

    [Fact]
    public async Task The_lease_of_a_dead_holder_runs_out_and_the_next_takes_over_without_a_person()
    {
        await using var container = await BlobContainer.NewAsync();
        var network = new Network();
        var dying = container.Open(network, TimeProvider.System);
        dying.Times = LeaseTimes.Default with { Duration = TimeSpan.FromSeconds(15) };
        var first = await dying.OpenAsync("apply", Stop);
        await first.Journal.AppendAsync(StateFolder.Run() with { Holder = first.Holder });
        await first.Journal.AppendAsync(StateFolder.Begin(1));
        network.Fault = static (_, _) => Fault.RequestLost;

        var taking = container.Open(network: null, TimeProvider.System);
        taking.Times = LeaseTimes.Default;
        await using var second = await taking.OpenAsync("apply", Stop);

        Should.Throw<LockLostException>(first.Fence.Check);
        second.TookOver.ShouldBeTrue();
        second.Previous.ShouldNotBeNull().Holder.ShouldBe(first.Holder);
        await foreach (var line in container.Open().ReadJournalAsync(Stop))
        {
            line.Length.ShouldBeGreaterThan(0);
        }

        (await container.Open().ReadAsync(Stop)).Holder.ShouldBe(second.Holder);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_storage_that_refuses_or_does_not_answer_says_what_to_do()
    {
        await using var container = await BlobContainer.NewAsync();
        var connection = (await Azurite.SharedAsync()).Connection;
        var wrong = System.Text.RegularExpressions.Regex.Replace(
            connection, "AccountKey=[^;]+", "AccountKey=" + Convert.ToBase64String(new byte[64]));
        var away = System.Text.RegularExpressions.Regex.Replace(connection, "127.0.0.1:[0-9]+", "127.0.0.1:1");

        Open(wrong).Code.ShouldBe(StateDiagnostics.StorageRefused.Code);
        Open(away).Code.ShouldBe(StateDiagnostics.StorageUnreachable.Code);
        Open("nonsense").Code.ShouldBe(StateDiagnostics.StorageRefused.Code);

        StateException Open(string text) => Should.Throw<StateException>(() => BlobState.Open(
            BlobPlace.Connected(new Core.Privacy.Secret(text), "state"), StateFolder.Tenant, sandbox: false, StateFolder.Key, TimeProvider.System));
    }

    private static async Task TickAsync(FakeTimeProvider time, Network network)
    {
        var before = network.Requests;
        for (var waited = 0; network.Requests == before && waited < 200; waited++)
        {
            time.Advance(waited == 0 ? LeaseTimes.Default.Renewal : TimeSpan.Zero);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }

        network.Requests.ShouldBeGreaterThan(before);
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
    }

    /// <summary>A clock whose steady half stands still while the machine sleeps.</summary>
    private sealed class SleepyTime(DateTimeOffset start) : TimeProvider
    {
        private TimeSpan _slept;

        public override DateTimeOffset GetUtcNow() => start + _slept;

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);

        public void Sleep(TimeSpan time) => _slept += time;
    }
}
