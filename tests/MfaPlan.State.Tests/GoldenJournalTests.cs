using System.IO.Compression;
using System.Text;
using MfaPlan.Core.Journals;

namespace MfaPlan.State.Tests;

/// <summary>
/// A journal of 10,000 lines of format 1 in several segments, as its first program wrote it, packed into one file. It is never made again: every later program must
/// read it, and must read the same out of it.
/// </summary>
public sealed class GoldenJournalTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_lines_fold_as_they_did()
    {
        using var folder = Unpacked();

        var ledger = await folder.Open(Key).ReadAsync(Stop);

        Golden.ShouldMatch(Told(ledger), "tests/MfaPlan.State.Tests/Golden/v1/journal-10000.txt");
    }

    [Fact]
    public async Task Every_line_is_read_and_verified()
    {
        using var folder = Unpacked();

        var lines = await folder.Lines(Key);

        lines.Count.ShouldBe(10_000);
        lines.Select(static line => line.N).ShouldBe(Enumerable.Range(1, 10_000).Select(static n => (long)n));
        lines.Select(static line => line.Entry.GetType().Name).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["Begin", "Close", "Run", "Segment", "Settle", "Takeover"]);
    }

    [Fact]
    public async Task Todays_program_goes_on_with_it()
    {
        using var folder = Unpacked();
        folder.Time.Advance(TimeSpan.FromDays(30));

        await using (var session = await folder.Open(Key).OpenAsync("apply", Stop))
        {
            session.Ledger.LastN.ShouldBe(session.TookOver ? 10_001 : 10_000);
            if (session.Ledger.OpenRun is { } open)
            {
                await session.Journal.AppendAsync(new JournalEntry.Close(folder.Time.GetUtcNow(), open.Id, RunResult.Abandoned));
            }
        }

        (await folder.Lines(Key)).Count.ShouldBeGreaterThan(10_000);
    }

    private static KeySource.File Key { get; } = new(Path.Combine(GoldenStateTests.Folder, "key"), CreateIfMissing: false);

    private static StateFolder Unpacked()
    {
        var folder = new StateFolder(init: false);
        Directory.CreateDirectory(folder.Journal);
        File.Copy(Path.Combine(GoldenStateTests.Folder, "state.json"), folder.StateJson);
        using var packed = new BrotliStream(File.OpenRead(Path.Combine(GoldenStateTests.Folder, "journal-10000.jsonl.br")), CompressionMode.Decompress);
        using var reader = new StreamReader(packed, new UTF8Encoding(false));
        var segment = 0;
        while (reader.ReadLine() is { } line)
        {
            segment += line.Contains("\"kind\":\"segment\"", StringComparison.Ordinal) ? 1 : 0;
            File.AppendAllText(folder.Segment(segment), line + "\n");
        }

        segment.ShouldBeGreaterThan(2);
        return folder;
    }

    private static string Told(Ledger ledger)
    {
        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"lines {ledger.LastN}, epoch {ledger.Epoch}, open {ledger.OpenRun?.Id ?? "none"}, begun and not settled {ledger.UnsettledCount}, closed {ledger.ClosedRuns}\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"last hash {ledger.LastHash}\n");
        foreach (var run in ledger.Runs)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{run.Id} {run.At:u} {run.Purpose} {run.Stage} {run.Undoes} {run.Result} {run.Units}: ");
            text.AppendJoin(", ", run.Outcomes.Select(static pair => $"{pair.Key} {pair.Value}")).Append('\n');
        }

        for (var user = 211; user < 12_000; user += 97)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{user} {ledger.LastMigrated(StateFolder.User(user)) ?? "-"}\n");
        }

        return text.ToString();
    }
}
