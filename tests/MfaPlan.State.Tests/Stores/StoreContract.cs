using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.State.Tests.Stores;

/// <summary>What every store promises, wherever it keeps its bytes.</summary>
public abstract class StoreContract
{
    private const string Digest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An empty place.</summary>
    protected abstract Task<IStorePlace> NewAsync();

    [Fact]
    public async Task Where_nothing_is_there_is_no_state()
    {
        await using var place = await NewAsync();

        Should.Throw<StateException>(() => place.Open()).Code.ShouldBe(StateDiagnostics.Missing.Code);
    }

    [Fact]
    public async Task A_state_is_never_made_over_another()
    {
        await using var place = await NewAsync();
        var keys = place.Init().Keys;

        Should.Throw<StateException>(() => place.Init()).Code.ShouldBe(StateDiagnostics.Exists.Code);

        place.Open().Keys.Values.ToArray().ShouldBe(keys.Values.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_state_of_another_tenant_or_of_a_sandbox_is_refused(bool sandbox)
    {
        await using var place = await NewAsync();
        place.Init(sandbox);

        Should.Throw<StateException>(() => place.Open(sandbox: !sandbox)).Code.ShouldBe(StateDiagnostics.SandboxMismatch.Code);
        Should.Throw<StateException>(() => place.Open(tenant: Guid.Empty, sandbox: sandbox)).Code.ShouldBe(StateDiagnostics.OtherTenant.Code);
    }

    [Fact]
    public async Task The_second_session_is_told_who_holds_the_lock()
    {
        await using var place = await InitAsync();
        await using var first = await place.Open().OpenAsync("apply plan.yaml", Stop);

        var thrown = await Should.ThrowAsync<StateLockedException>(() => place.Open().OpenAsync("sync", Stop));

        var holder = thrown.Holder.ShouldNotBeNull();
        holder.Holder.ShouldBe(first.Holder);
        holder.Since.ShouldBe(StateFolder.Start);
        holder.Doing.ShouldBe("apply plan.yaml");
        (await place.Open().WhoAsync(Stop)).ShouldBe(holder);
    }

    [Fact]
    public async Task A_lock_given_back_is_free_and_leaves_no_name()
    {
        await using var place = await InitAsync();
        await Append(place);

        (await place.Open().WhoAsync(Stop)).ShouldBeNull();
        await using var next = await place.Open().OpenAsync("apply", Stop);
        next.Previous.ShouldBeNull();
        next.TookOver.ShouldBeFalse();
    }

    [Fact]
    public async Task Of_sessions_that_open_at_once_one_wins()
    {
        await using var place = await InitAsync();
        await Append(place, StateFolder.Run());

        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                return await place.Open().OpenAsync("apply", Stop);
            }
            catch (StateLockedException)
            {
                return null;
            }
        }));

        var winner = tries.OfType<IStateSession>().ShouldHaveSingleItem();
        (await place.Open().WhoAsync(Stop)).ShouldNotBeNull().Holder.ShouldBe(winner.Holder);
        (await Lines(place)).Count(static line => line.Entry is JournalEntry.Takeover).ShouldBe(1);
        await winner.DisposeAsync();
    }

    [Fact]
    public async Task A_session_that_could_not_open_gives_the_lock_back()
    {
        await using var place = await InitAsync();
        await Append(place, StateFolder.Run(), StateFolder.Close());
        var good = await place.ReadSegmentAsync(1);
        byte[] bad = [.. good];
        bad[20] ^= 1;
        await place.WriteSegmentAsync(1, bad);

        (await Should.ThrowAsync<StateException>(() => place.Open().OpenAsync("apply", Stop))).Code.ShouldBe(StateDiagnostics.JournalDamaged.Code);

        (await place.Open().WhoAsync(Stop)).ShouldBeNull();
        await place.WriteSegmentAsync(1, good);
        await Append(place);
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        await using var place = await InitAsync();
        await using (var session = await place.Open().OpenAsync("apply", Stop))
        {
            await session.Journal.AppendAsync(StateFolder.Run());
            await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Stop }, async (user, _) =>
            {
                await session.Journal.AppendAsync(StateFolder.Begin(user));
                await session.Journal.AppendAsync(StateFolder.Settle(user));
            });
        }

        var ledger = await place.Open().ReadAsync(Stop);

        ledger.OpenRun.ShouldNotBeNull().Units.ShouldBe(500);
        ledger.UnsettledCount.ShouldBe(0);
    }

    [Fact]
    public async Task An_entry_is_durable_when_its_append_completes()
    {
        await using var place = await InitAsync();
        await using var session = await place.Open().OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());

        for (var user = 0; user < 10; user++)
        {
            await session.Journal.AppendAsync(StateFolder.Begin(user));

            (await place.Open().ReadAsync(Stop)).UnsettledCount.ShouldBe(user + 1);
        }
    }

    [Fact]
    public async Task What_may_not_be_kept_is_refused_and_harms_nothing()
    {
        await using var place = await InitAsync();
        await using var session = await place.Open().OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());

        await Should.ThrowAsync<ArgumentException>(async () =>
            await session.Journal.AppendAsync(new JournalEntry.Begin(StateFolder.Start, "3f9a", StateFolder.User(1), ["+442071234567"])));
        await Should.ThrowAsync<InvalidOperationException>(async () => await session.Journal.AppendAsync(StateFolder.Run("other")));
        await Should.ThrowAsync<InvalidOperationException>(async () =>
            await session.Journal.AppendAsync(new JournalEntry.Segment(StateFolder.Start, 9, null)));

        await session.Journal.AppendAsync(StateFolder.Begin(1));
        (await place.Open().ReadAsync(Stop)).UnsettledCount.ShouldBe(1);
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-6, false)]
    [InlineData(-4, true)]
    [InlineData(60, true)]
    public async Task A_clock_behind_the_newest_line_stops_until_it_is_right(int minutes, bool opens)
    {
        await using var place = await InitAsync();
        await Append(place, StateFolder.Run());
        var before = await place.ReadSegmentAsync(1);
        place.Time = new FakeTimeProvider(StateFolder.Start.AddMinutes(minutes));

        if (opens)
        {
            await using var session = await place.Open().OpenAsync("apply", Stop);
            session.TookOver.ShouldBeTrue();
            return;
        }

        (await Should.ThrowAsync<StateException>(() => place.Open().OpenAsync("apply", Stop))).Code.ShouldBe(StateDiagnostics.ClockBehind.Code);
        (await place.ReadSegmentAsync(1)).ShouldBe(before);
        (await place.Open().WhoAsync(Stop)).ShouldBeNull();
        place.Time = new FakeTimeProvider(StateFolder.Start);
        await Append(place);
    }

    [Fact]
    public async Task A_sandboxs_clock_may_be_set_back()
    {
        await using var place = await NewAsync();
        place.Init(sandbox: true);
        await using (var first = await place.Open(sandbox: true).OpenAsync("apply", Stop))
        {
            await first.Journal.AppendAsync(StateFolder.Run());
        }

        place.Time = new FakeTimeProvider(StateFolder.Start.AddHours(-1));
        await using var second = await place.Open(sandbox: true).OpenAsync("apply", Stop);

        second.TookOver.ShouldBeTrue();
    }

    [Fact]
    public async Task A_closed_session_takes_nothing()
    {
        await using var place = await InitAsync();
        var session = await place.Open().OpenAsync("apply", Stop);
        await session.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await session.Journal.AppendAsync(StateFolder.Run()));
    }

    [Theory]
    [InlineData(2000, 1_000_000)]
    [InlineData(1_000_000, 3)]
    public async Task A_full_segment_is_followed_by_one_that_names_its_hash(int bytes, int appends)
    {
        await using var place = await InitAsync();
        for (var round = 0; round < 2; round++)
        {
            await using var session = await place.Open(bytes: bytes, appends: appends).OpenAsync("apply", Stop);
            await session.Journal.AppendAsync(StateFolder.Run());
            for (var user = 0; user < 15; user++)
            {
                await session.Journal.AppendAsync(StateFolder.Settle(user, StateFolder.Source(user)));
            }

            await session.Journal.AppendAsync(StateFolder.Close());
        }

        var lines = await Lines(place);
        var segments = await place.SegmentsAsync();

        segments.Count.ShouldBeGreaterThan(3);
        foreach (var (line, at) in lines.Select(static (line, at) => (line, at)).Where(static pair => pair.line.Entry is JournalEntry.Segment))
        {
            ((JournalEntry.Segment)line.Entry).Previous.ShouldBe(at == 0 ? null : lines[at - 1].Hash);
        }

        lines.Select(static line => line.Entry).OfType<JournalEntry.Segment>().Select(static segment => segment.Number)
            .ShouldBe(Enumerable.Range(1, segments.Count));
        lines.Select(static line => line.N).ShouldBe(Enumerable.Range(1, lines.Count).Select(static n => (long)n));
        (await place.Open().ReadAsync(Stop)).LastMigrated(StateFolder.User(14)).ShouldBe(StateFolder.Source(14));
    }

    [Fact]
    public async Task The_open_run_of_another_session_is_taken_over()
    {
        await using var place = await InitAsync();
        string first;
        await using (var session = await place.Open().OpenAsync("apply", Stop))
        {
            first = session.Holder;
            session.Epoch.ShouldBe(1);
            await session.Journal.AppendAsync(StateFolder.Run() with { Holder = first });
            await session.Journal.AppendAsync(StateFolder.Begin(1));
        }

        await using var second = await place.Open().OpenAsync("apply", Stop);

        second.TookOver.ShouldBeTrue();
        second.Epoch.ShouldBe(2);
        second.Ledger.Holder.ShouldBe(second.Holder);
        second.Ledger.UnsettledCount.ShouldBe(1);
        (await Lines(place))[^1].Entry.ShouldBe(new JournalEntry.Takeover(StateFolder.Start, second.Holder, first));
        await second.Journal.AppendAsync(StateFolder.Settle(1));
        await second.Journal.AppendAsync(StateFolder.Close());
    }

    [Fact]
    public async Task A_bad_end_costs_no_whole_line_and_is_told()
    {
        await using var place = await InitAsync();
        await Append(place, StateFolder.Run(), StateFolder.Begin(1), StateFolder.Settle(1, StateFolder.Source(1)), StateFolder.Begin(2));
        var whole = await place.ReadSegmentAsync(1);
        var lastLine = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        byte[] flipped = [.. whole];
        flipped[lastLine + 40] ^= 1;

        foreach (var (bytes, lines) in new[]
        {
            (whole[..(lastLine + 30)], 4), (whole[..^1], 4), (flipped, 4), (whole[..20], 0), (whole[..lastLine], 4), ([], 0),
        })
        {
            await using var fresh = await InitAsync();
            await Append(fresh);
            await fresh.WriteSegmentAsync(1, bytes);
            var isTorn = bytes.Length > 0 && bytes.Length != lastLine;

            (await fresh.Open().ReadAsync(Stop)).LastN.ShouldBe(lines);
            for (var round = 0; round < 2; round++)
            {
                await Append(fresh);
            }

            var read = await Lines(fresh);
            read.Take(lines).Select(static line => line.N).ShouldBe(Enumerable.Range(1, lines).Select(static n => (long)n));
            read.Count(static line => line.Entry is JournalEntry.Recovered).ShouldBe(isTorn ? 1 : 0);
            read.Select(static line => line.N).ShouldBe(Enumerable.Range(1, read.Count).Select(static n => (long)n));
        }
    }

    [Fact]
    public async Task Damage_before_a_good_line_is_named_by_segment_line_and_byte()
    {
        await using var place = await InitAsync();
        await Append(place, StateFolder.Run(), StateFolder.Begin(1), StateFolder.Settle(1));
        var bytes = await place.ReadSegmentAsync(1);
        var second = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        bytes[second + 30] ^= 4;
        await place.WriteSegmentAsync(1, bytes);

        var thrown = await Should.ThrowAsync<StateException>(() => place.Open().OpenAsync("apply", Stop));
        await Should.ThrowAsync<StateException>(() => place.Open().ReadAsync(Stop));

        thrown.Code.ShouldBe(StateDiagnostics.JournalDamaged.Code);
        thrown.Message.ShouldContain($"segment 000001.jsonl, line 2, at byte {second}");
    }

    [Fact]
    public async Task The_end_of_a_segment_that_others_follow_cannot_be_lost()
    {
        await using var place = await InitAsync();
        await using (var session = await place.Open(bytes: 1, appends: 1).OpenAsync("apply", Stop))
        {
            await session.Journal.AppendAsync(StateFolder.Run());
            await session.Journal.AppendAsync(StateFolder.Begin(1));
            await session.Journal.AppendAsync(StateFolder.Begin(2));
        }

        var second = await place.ReadSegmentAsync(2);
        foreach (var bad in new[] { second[..^1], second[..^9], [.. second[..^9], .. "12345678\n"u8], [] })
        {
            await place.WriteSegmentAsync(2, bad);
            (await Should.ThrowAsync<StateException>(() => place.Open().ReadAsync(Stop))).Code.ShouldBe(StateDiagnostics.JournalDamaged.Code);
            await Should.ThrowAsync<StateException>(() => place.Open().OpenAsync("apply", Stop));
        }

        await place.WriteSegmentAsync(2, second);
        (await place.Open().ReadAsync(Stop)).UnsettledCount.ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_closed_segment_that_is_cut_at_a_line_end_is_damage_however_few_lines_follow(int linesInNext)
    {
        await using var place = await InitAsync();
        await using (var session = await place.Open(appends: 6).OpenAsync("apply", Stop))
        {
            await session.Journal.AppendAsync(StateFolder.Run());
            for (var user = 0; user < 12; user++)
            {
                await session.Journal.AppendAsync(StateFolder.Begin(user));
            }
        }

        var (closed, next) = (await place.ReadSegmentAsync(1), await place.ReadSegmentAsync(2));
        var ends = Enumerable.Range(0, closed.Length).Where(at => closed[at] == (byte)'\n').Select(static at => at + 1).ToList();
        var nextEnds = Enumerable.Range(0, next.Length).Where(at => next[at] == (byte)'\n').Select(static at => at + 1).ToList();
        ends.Count.ShouldBeGreaterThan(4);
        for (var number = 3; number <= (await place.SegmentsAsync()).Count; number++)
        {
            await place.WriteSegmentAsync(number, []); // as if there had never been more
        }

        await place.WriteSegmentAsync(2, next[..nextEnds[linesInNext - 1]]);
        (await place.Open().ReadAsync(Stop)).LastN.ShouldBe(ends.Count + linesInNext);
        foreach (var cut in ends.SkipLast(1).Prepend(0))
        {
            await place.WriteSegmentAsync(1, closed[..cut]);

            (await Should.ThrowAsync<StateException>(() => place.Open().ReadAsync(Stop), $"read, cut at {cut}"))
                .Code.ShouldBe(StateDiagnostics.JournalDamaged.Code);
            (await Should.ThrowAsync<StateException>(() => place.Open().OpenAsync("apply", Stop), $"opened, cut at {cut}"))
                .Code.ShouldBe(StateDiagnostics.JournalDamaged.Code);
            (await place.ReadSegmentAsync(1)).Length.ShouldBe(cut);
        }
    }

    [Fact]
    public async Task A_reader_beside_the_writer_sees_whole_lines_only()
    {
        await using var place = await InitAsync();
        await using var session = await place.Open().OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());
        var writing = Task.Run(async () =>
        {
            for (var user = 0; user < 100; user++)
            {
                await session.Journal.AppendAsync(StateFolder.Begin(user));
            }
        }, Stop);

        var last = 0L;
        while (!writing.IsCompleted)
        {
            var ledger = await place.Open().ReadAsync(Stop);
            ledger.LastN.ShouldBeGreaterThanOrEqualTo(last);
            last = ledger.LastN;
        }

        await writing;
    }

    [Fact]
    public async Task A_change_set_is_there_wholly_or_not_at_all_and_the_newest_comes_first()
    {
        await using var place = await InitAsync();
        var state = place.Open();
        await using (var begun = await state.CreateAsync(Stop))
        {
            begun.Write("half"u8);
        }

        (await state.ListChangeSetsAsync(Stop)).ShouldBeEmpty();
        (await state.OpenChangeSetAsync(Digest, Stop)).ShouldBeNull();
        var other = new string('a', 64);
        await state.SealAsync(Digest, "one");
        await using var early = (await state.OpenChangeSetAsync(Digest, Stop)).ShouldNotBeNull();
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, Stop);
        await state.SealAsync(other, "other");
        (await state.ListChangeSetsAsync(Stop)).ShouldBe([other, Digest]);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, Stop);
        await state.SealAsync(Digest, "two");
        (await state.ListChangeSetsAsync(Stop)).ShouldBe([Digest, other]);

        // Whoever opened the one that was replaced reads it to its end.
        await using var late = (await state.OpenChangeSetAsync(Digest, Stop)).ShouldNotBeNull();
        state.TextOf(early).ShouldBe("one");
        state.TextOf(late).ShouldBe("two");
    }

    [Theory]
    [InlineData("../state")]
    [InlineData("")]
    [InlineData("00112233445566778899AABBCCDDEEFF")]
    public async Task A_digest_is_no_path(string digest)
    {
        await using var place = await InitAsync();
        var state = place.Open();
        await using var stream = await state.CreateAsync(Stop);

        (await state.OpenChangeSetAsync(digest, Stop)).ShouldBeNull();
        await Should.ThrowAsync<ArgumentException>(() => state.CommitChangeSetAsync(stream, digest, Stop));
    }

    [Fact]
    public async Task A_note_is_its_writers_until_it_is_closed()
    {
        await using var place = await InitAsync();
        var spools = place.Open().Spools;
        (await spools.ListAsync(Stop)).ShouldBeEmpty();

        var spool = await spools.CreateAsync(Stop);
        spool.Stream.Write("first "u8);
        spool.Stream.Flush();
        (await place.Open().Spools.OpenAsync(spool.Name, Stop)).ShouldBeNull();
        spool.Stream.Write("last"u8);
        await spool.Stream.DisposeAsync();

        (await spools.ListAsync(Stop)).ShouldBe([spool.Name]);
        await using (var stream = (await place.Open().Spools.OpenAsync(spool.Name, Stop)).ShouldNotBeNull())
        {
            using var reader = new StreamReader(stream);
            (await reader.ReadToEndAsync(Stop)).ShouldBe("first last");
        }

        await spools.DeleteAsync(spool.Name, Stop);
        await spools.DeleteAsync(spool.Name, Stop);
        (await spools.ListAsync(Stop)).ShouldBeEmpty();
        (await spools.OpenAsync(spool.Name, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Approvals_are_kept_whole_under_their_digest()
    {
        await using var place = await InitAsync();
        var approvals = place.Open().Approvals;
        (await approvals.ListAsync(Digest, Stop)).ShouldBeEmpty();

        await approvals.AddAsync(Digest, "b.sig", new byte[] { 2 }, Stop);
        await approvals.AddAsync(Digest, "a.json", new byte[] { 1 }, Stop);
        await approvals.AddAsync(Digest, "a.json", new byte[] { 3 }, Stop);
        await approvals.AddAsync(Digest, "empty.json", ReadOnlyMemory<byte>.Empty, Stop);

        var again = place.Open().Approvals;
        (await again.ListAsync(Digest, Stop)).ShouldBe(["a.json", "b.sig", "empty.json"]);
        (await again.ReadAsync(Digest, "a.json", Stop)).ShouldNotBeNull().ToArray().ShouldBe([3]);
        (await again.ReadAsync(Digest, "empty.json", Stop)).ShouldNotBeNull().Length.ShouldBe(0);
        (await again.ReadAsync(Digest, "c.json", Stop)).ShouldBeNull();
        (await again.ReadAsync(Digest, "../../state.json", Stop)).ShouldBeNull();
        (await again.ListAsync(new string('a', 64), Stop)).ShouldBeEmpty();
        (await again.ListAsync("../changes", Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_approval_that_is_too_large_is_not_taken_and_one_that_was_put_there_is_read_no_further_than_that_shows()
    {
        await using var place = await InitAsync();
        var approvals = place.Open().Approvals;
        await approvals.AddAsync(Digest, "a.json", new byte[IApprovals.MaxBytes], Stop);

        await place.WriteAsync($"approvals/{Digest}/a.json", new byte[1_000_000]);

        (await approvals.ReadAsync(Digest, "a.json", Stop)).ShouldNotBeNull().Length.ShouldBe(IApprovals.MaxBytes + 1);
        await Should.ThrowAsync<ArgumentException>(() => approvals.AddAsync(Digest, "a.json", new byte[IApprovals.MaxBytes + 1], Stop));
        await Should.ThrowAsync<ArgumentException>(() => approvals.AddAsync(Digest, "../x", new byte[] { 1 }, Stop));
    }

    private static async Task Append(IStorePlace place, params JournalEntry[] entries)
    {
        await using var session = await place.Open().OpenAsync("apply", Stop);
        foreach (var entry in entries)
        {
            await session.Journal.AppendAsync(entry);
        }
    }

    private static async Task<List<JournalLine>> Lines(IStorePlace place)
    {
        var lines = new List<JournalLine>();
        var hash = JournalLines.Genesis;
        await foreach (var line in place.Open().ReadJournalAsync(Stop))
        {
            lines.Add(JournalLines.Parse(line.Span, hash));
            hash = lines[^1].Hash;
        }

        return lines;
    }

    private async Task<IStorePlace> InitAsync()
    {
        var place = await NewAsync();
        place.Init();
        return place;
    }
}
