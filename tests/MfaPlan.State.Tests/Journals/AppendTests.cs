using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Journals;

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

    [Fact]
    public async Task An_entry_is_on_disk_when_its_append_completes()
    {
        using var folder = new StateFolder();
        await using var session = await folder.Open().OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());

        for (var user = 0; user < 20; user++)
        {
            await session.Journal.AppendAsync(StateFolder.Begin(user));

            (await folder.Open().ReadAsync(Stop)).UnsettledCount.ShouldBe(user + 1);
        }
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

    [Fact]
    public async Task What_may_not_be_kept_is_refused_and_harms_nothing()
    {
        using var folder = new StateFolder();
        await using var session = await folder.Open().OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());

        await Should.ThrowAsync<ArgumentException>(async () =>
            await session.Journal.AppendAsync(new JournalEntry.Begin(StateFolder.Start, "3f9a", StateFolder.User(1), ["+442071234567"])));
        await Should.ThrowAsync<InvalidOperationException>(async () => await session.Journal.AppendAsync(StateFolder.Run("other")));
        await Should.ThrowAsync<InvalidOperationException>(async () =>
            await session.Journal.AppendAsync(new JournalEntry.Close(StateFolder.Start, "other", RunResult.Complete)));
        await Should.ThrowAsync<InvalidOperationException>(async () =>
            await session.Journal.AppendAsync(new JournalEntry.Segment(StateFolder.Start, 9, null)));

        await session.Journal.AppendAsync(StateFolder.Begin(1));
        (await folder.Open().ReadAsync(Stop)).UnsettledCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_closed_session_takes_nothing()
    {
        using var folder = new StateFolder();
        var session = await folder.Open().OpenAsync("apply", Stop);
        await session.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await session.Journal.AppendAsync(StateFolder.Run()));
    }

    [Theory]
    [InlineData(2000, 1_000_000)]
    [InlineData(1_000_000, 3)]
    public async Task A_full_segment_is_followed_by_one_that_names_its_hash(int bytes, int appends)
    {
        using var folder = new StateFolder();
        var state = folder.Open();
        state.Limits = new JournalLimits(bytes, appends);
        for (var round = 0; round < 2; round++)
        {
            await using var session = await state.OpenAsync("apply", Stop);
            await session.Journal.AppendAsync(StateFolder.Run());
            for (var user = 0; user < 15; user++)
            {
                await session.Journal.AppendAsync(StateFolder.Settle(user, StateFolder.Source(user)));
            }

            await session.Journal.AppendAsync(StateFolder.Close());
        }

        var lines = await folder.Lines();
        var files = Directory.GetFiles(folder.Journal).Order(StringComparer.Ordinal).ToList();

        files.Count.ShouldBeGreaterThan(3);
        foreach (var (line, at) in lines.Select(static (line, at) => (line, at)).Where(static pair => pair.line.Entry is JournalEntry.Segment))
        {
            ((JournalEntry.Segment)line.Entry).Previous.ShouldBe(at == 0 ? null : lines[at - 1].Hash);
        }

        lines.Select(static line => line.Entry).OfType<JournalEntry.Segment>().Select(static segment => segment.Number)
            .ShouldBe(Enumerable.Range(1, files.Count));
        lines.Select(static line => line.N).ShouldBe(Enumerable.Range(1, lines.Count).Select(static n => (long)n));
        (await state.ReadAsync(Stop)).LastMigrated(StateFolder.User(14)).ShouldBe(StateFolder.Source(14));
        files.ShouldAllBe(static file => File.ReadLines(file).First().Contains("\"kind\":\"segment\""));
    }
}
