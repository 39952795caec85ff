using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Tests.Journals;

public sealed class AppendTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_queued_meanwhile_shares_one_write_and_one_flush()
    {
        using var folder = new StateFolder();
        using var busy = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var segments = new CountingSegments();
        var state = folder.Open();
        state.OpenSegment = segments.Open;
        await using var session = await state.OpenAsync("apply", Stop);
        segments.OnFlush = () =>
        {
            busy.Release();
            go.Wait(Stop);
        };

        var run = session.Journal.AppendAsync(StateFolder.Run()).AsTask();
        await busy.WaitAsync(Stop);
        Task[] queued = [.. Enumerable.Range(1, 500).Select(user => session.Journal.AppendAsync(StateFolder.Begin(user)).AsTask())];
        run.IsCompleted.ShouldBeFalse();
        segments.OnFlush = static () => { };
        go.Release();
        await Task.WhenAll([run, .. queued]);

        segments.Flushes.ShouldBe(2);
        segments.Writes.ShouldBe(2);
        var begun = (await folder.Lines()).Select(static line => line.Entry).OfType<JournalEntry.Begin>();
        begun.Select(static begin => begin.Unit).ShouldBe(Enumerable.Range(1, 500).Select(StateFolder.User));
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing_and_flush_less_than_they_write()
    {
        using var folder = new StateFolder();
        var segments = new CountingSegments();
        var state = folder.Open();
        state.OpenSegment = segments.Open;
        await using (var session = await state.OpenAsync("apply", Stop))
        {
            await session.Journal.AppendAsync(StateFolder.Run());
            await Parallel.ForAsync(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Stop }, async (user, _) =>
            {
                await session.Journal.AppendAsync(StateFolder.Begin(user));
                await session.Journal.AppendAsync(StateFolder.Settle(user));
            });
        }

        var ledger = await state.ReadAsync(Stop);

        ledger.OpenRun.ShouldNotBeNull().Units.ShouldBe(2000);
        ledger.UnsettledCount.ShouldBe(0);
        segments.Flushes.ShouldBeLessThan(4000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_flush_or_write_stops_the_journal_for_good(bool flush)
    {
        using var folder = new StateFolder();
        var segments = new CountingSegments();
        var state = folder.Open();
        state.OpenSegment = segments.Open;
        var session = await state.OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());
        Action fail = static () => throw new IOException("No space left on device");
        segments.OnFlush = flush ? fail : segments.OnFlush;
        segments.OnWrite = flush ? segments.OnWrite : fail;

        var first = await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(1)));
        segments.OnFlush = static () => { };
        segments.OnWrite = static () => { };
        var writes = segments.Writes;
        await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(2)));
        await session.DisposeAsync();

        first.InnerException.ShouldBeOfType<IOException>();
        segments.Writes.ShouldBe(writes);
        await folder.Append();
        (await folder.Open().WhoAsync(Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_waits_when_the_journal_breaks_is_told()
    {
        using var folder = new StateFolder();
        using var busy = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var segments = new CountingSegments();
        var state = folder.Open();
        state.OpenSegment = segments.Open;
        await using var session = await state.OpenAsync("apply", Stop);
        segments.OnFlush = () =>
        {
            busy.Release();
            go.Wait(Stop);
            throw new IOException("Input/output error");
        };

        var run = session.Journal.AppendAsync(StateFolder.Run()).AsTask();
        await busy.WaitAsync(Stop);
        Task[] waiting = [run, .. Enumerable.Range(1, 100).Select(user => session.Journal.AppendAsync(StateFolder.Begin(user)).AsTask())];
        go.Release();

        foreach (var task in waiting)
        {
            await Should.ThrowAsync<JournalBrokenException>(() => task);
        }
    }
}
