using MfaPlan.Core.Journals;

namespace MfaPlan.State.Tests.Journals;

public sealed class RecoveryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_journal_torn_at_any_byte_keeps_every_whole_line_and_goes_on()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run(), StateFolder.Begin(1), StateFolder.Settle(1, StateFolder.Source(1)), StateFolder.Begin(2));
        var whole = await File.ReadAllBytesAsync(folder.Segment(1), Stop);

        for (var length = 0; length < whole.Length; length++)
        {
            await Reset(folder, whole[..length]);
            var expected = whole.AsSpan(0, length).Count((byte)'\n');
            var torn = length - (whole.AsSpan(0, length).LastIndexOf((byte)'\n') + 1);

            (await folder.Open().ReadAsync(Stop)).LastN.ShouldBe(expected, $"read, {length} bytes");
            await folder.Append();

            var lines = await folder.Lines();
            lines.Take(expected).Select(static line => line.N).ShouldBe(Enumerable.Range(1, expected).Select(static n => (long)n));
            var recovered = lines.Select(static line => line.Entry).OfType<JournalEntry.Recovered>().ToList();
            recovered.Count.ShouldBe(torn > 0 ? 1 : 0, $"{length} bytes");
            if (torn > 0)
            {
                recovered[0].Bytes.ShouldBe(torn);
                (await File.ReadAllBytesAsync(Path.Combine(folder.Journal, recovered[0].SavedAs), Stop)).ShouldBe(whole[(length - torn)..length]);
            }
        }
    }

    [Fact]
    public async Task A_changed_byte_anywhere_stops_or_costs_the_last_line_only_and_never_silently()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run(), StateFolder.Begin(1), StateFolder.Settle(1));
        var whole = await File.ReadAllBytesAsync(folder.Segment(1), Stop);
        var lastLine = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;

        for (var at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= (byte)(1 << (at % 8));
            await Reset(folder, changed);

            try
            {
                await folder.Append();
            }
            catch (StateException exception)
            {
                // Of the last line, only its format can stop: "newer" is believed rather than cut. And a line end where none was.
                (await File.ReadAllBytesAsync(folder.Segment(1), Stop)).ShouldBe(changed);
                exception.Code.ShouldBeOneOf(StateDiagnostics.JournalDamaged.Code, StateDiagnostics.NewerFormat.Code);
                continue;
            }

            at.ShouldBeGreaterThanOrEqualTo(lastLine);
            var lines = await folder.Lines();
            lines.Count(static line => line.Entry is JournalEntry.Begin).ShouldBe(1);
            lines.ShouldContain(static line => line.Entry is JournalEntry.Recovered);
        }
    }

    [Fact]
    public async Task Two_lines_run_into_one_are_no_torn_line()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run(), StateFolder.Begin(1), StateFolder.Settle(1));
        var bytes = await File.ReadAllBytesAsync(folder.Segment(1), Stop);
        bytes[bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n')] = (byte)' ';
        await File.WriteAllBytesAsync(folder.Segment(1), bytes, Stop);

        (await Should.ThrowAsync<StateException>(() => folder.Open().OpenAsync("apply", Stop))).Code.ShouldBe(StateDiagnostics.JournalDamaged.Code);
    }

    [Fact]
    public async Task A_line_of_a_newer_program_is_refused_and_not_cut()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run());
        await File.AppendAllTextAsync(folder.Segment(1), "{\"v\":2,\"n\":3,\"hash\":\"?\"}\n", Stop);
        var before = await File.ReadAllBytesAsync(folder.Segment(1), Stop);

        var thrown = await Should.ThrowAsync<StateException>(() => folder.Open().OpenAsync("apply", Stop));

        thrown.Code.ShouldBe(StateDiagnostics.NewerFormat.Code);
        thrown.Message.ShouldContain("journal format 2");
        (await File.ReadAllBytesAsync(folder.Segment(1), Stop)).ShouldBe(before);
    }

    [Fact]
    public async Task A_missing_or_torn_earlier_segment_stops()
    {
        using var folder = new StateFolder();
        await folder.AppendInSegments(StateFolder.Run(), StateFolder.Begin(1), StateFolder.Begin(2));
        var state = folder.Open();
        var second = await File.ReadAllBytesAsync(folder.Segment(2), Stop);
        await File.WriteAllBytesAsync(folder.Segment(2), second[..^1], Stop);
        (await Should.ThrowAsync<StateException>(() => state.ReadAsync(Stop))).Message.ShouldContain("000002");
        File.Delete(folder.Segment(2));
        (await Should.ThrowAsync<StateException>(() => state.ReadAsync(Stop))).Message.ShouldContain("000002");
        File.Delete(folder.Segment(3));
        (await state.ReadAsync(Stop)).LastN.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public async Task A_segment_that_a_crash_left_without_a_line_is_begun_again(int bytes)
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run());
        await File.WriteAllBytesAsync(folder.Segment(2), (await File.ReadAllBytesAsync(folder.Segment(1), Stop))[..bytes], Stop);

        await folder.Append(StateFolder.Begin(1));

        File.Exists(folder.Segment(3)).ShouldBeFalse();
        var lines = await folder.Lines();
        lines[2].Entry.ShouldBe(new JournalEntry.Segment(StateFolder.Start, 2, lines[1].Hash));
        lines.Count(static line => line.Entry is JournalEntry.Recovered).ShouldBe(bytes > 0 ? 1 : 0);
    }

    [Fact]
    public async Task A_closed_run_is_not_taken_over_and_the_epoch_still_grows()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run(), StateFolder.Close());
        await folder.Append(StateFolder.Run("2"), new JournalEntry.Close(StateFolder.Start, "2", RunResult.Complete));

        await using var third = await folder.Open().OpenAsync("apply", Stop);

        third.TookOver.ShouldBeFalse();
        third.Epoch.ShouldBe(3);
        (await folder.Lines()).Select(static line => line.Epoch).ShouldBe([1, 1, 1, 2, 2]);
    }

    private static async Task Reset(StateFolder folder, byte[] segment)
    {
        foreach (var file in Directory.GetFiles(folder.Journal))
        {
            File.Delete(file);
        }

        await File.WriteAllBytesAsync(folder.Segment(1), segment, Stop);
    }
}
