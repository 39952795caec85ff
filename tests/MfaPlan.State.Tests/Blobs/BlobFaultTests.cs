using Azure.Core;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Tests.Stores;

namespace MfaPlan.State.Tests.Blobs;

/// <summary>Lost requests, lost answers, deaths: the journal has every line once, and what was said to be durable is there.</summary>
public sealed class BlobFaultTests
{
    private static readonly JournalEntry[] Work =
        [StateFolder.Run(), .. Enumerable.Range(0, 6).Select(StateFolder.Begin), StateFolder.Close()];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Fault.RequestLost))]
    [InlineData(nameof(Fault.AnswerLost))]
    [InlineData(nameof(Fault.TooLate))]
    public async Task An_append_without_an_answer_is_looked_for_and_never_doubled(string name)
    {
        var fault = Enum.Parse<Fault>(name);
        await using var container = await BlobContainer.NewAsync();
        var appends = 0;
        var looks = 0;
        var network = new Network();
        await using (var session = await container.Open(network).OpenAsync("apply", Stop))
        {
            await session.Journal.AppendAsync(StateFolder.Run());
            network.Fault = (_, request) =>
            {
                looks += IsAppend(request) ? 0 : 1;
                return IsAppend(request) && ++appends is 1 or 3 ? fault : Fault.None;
            };

            await session.Journal.AppendAsync(StateFolder.Begin(1));
            await session.Journal.AppendAsync(StateFolder.Settle(1));
            await session.Journal.AppendAsync(StateFolder.Close());
        }

        looks.ShouldBeGreaterThanOrEqualTo(2);
        appends.ShouldBe(fault == Fault.RequestLost ? 5 : 3);
        (await Kinds(container)).ShouldBe(["Segment", "Run", "Begin", "Settle", "Close"]);
    }

    [Fact]
    public async Task One_lost_request_or_answer_anywhere_costs_nothing_but_time()
    {
        await using var reference = await BlobContainer.NewAsync();
        var counting = new Network();
        await WorkAsync(reference, counting);
        var expected = await Kinds(reference);
        counting.Requests.ShouldBeGreaterThan(20);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, counting.Requests).SelectMany(static n => new[] { (n, Fault.RequestLost), (n, Fault.AnswerLost) }),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Stop },
            async (point, _) =>
            {
                await using var container = await BlobContainer.NewAsync();
                var network = new Network { Fault = (n, _) => n == point.n ? point.Item2 : Fault.None };
                try
                {
                    await WorkAsync(container, network);
                }
                catch (StateLockedException)
                {
                    // The lease was taken and nobody knows it: as with a dead holder, it runs out.
                    await container.ExpireAsync();
                    await WorkAsync(container, network);
                }

                (await Kinds(container)).ShouldBe(expected, $"request {point.n}, {point.Item2}");
            });
    }

    [Fact]
    public async Task A_death_between_any_two_steps_loses_nothing_that_was_durable_and_doubles_nothing()
    {
        await using var reference = await BlobContainer.NewAsync();
        var counting = new Network();
        await WorkAsync(reference, counting);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, counting.Requests).SelectMany(static n => new[] { (n, true), (n, false) }),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Stop },
            async (point, _) =>
            {
                await using var container = await BlobContainer.NewAsync();
                var (died, arrived) = point;
                var network = new Network
                {
                    Fault = (n, _) =>
                    {
                        if (n < died)
                        {
                            return Fault.None;
                        }

                        // The dead do not notice: what would have been said of the failure is cut short by the lease.
                        container.Time.Advance(TimeSpan.FromMinutes(1));
                        return n == died && arrived ? Fault.AnswerLost : Fault.RequestLost;
                    },
                };
                var durable = await DieAsync(container, network);
                await container.ExpireAsync();

                var before = await container.Open().ReadAsync(Stop);
                var written = await WorkOf(container);
                written.Count.ShouldBeGreaterThanOrEqualTo(durable, "what was said to be durable is there");
                written.ShouldBe(Work.Select(static entry => TextOf(entry)!).Take(written.Count), "in order, and nothing twice");
                await using (var next = await container.Open().OpenAsync("apply", Stop))
                {
                    next.TookOver.ShouldBe(before.OpenRun is not null);
                    next.Ledger.UnsettledCount.ShouldBe(before.UnsettledCount);
                    if (before.OpenRun is not null)
                    {
                        await next.Journal.AppendAsync(StateFolder.Close());
                    }
                }

                var lines = await Lines(container);
                lines.Select(static line => line.N).ShouldBe(Enumerable.Range(1, lines.Count).Select(static n => (long)n));
                (await WorkOf(container)).ShouldBe(before.OpenRun is null ? written : [.. written, TextOf(StateFolder.Close())!]);
                lines.Count(static line => line.Entry is JournalEntry.Takeover).ShouldBe(before.OpenRun is null ? 0 : 1);
                lines.ShouldAllBe(static line => !(line.Entry is JournalEntry.Recovered));
            });
    }

    [Fact]
    public async Task What_somebody_else_wrote_to_the_end_stops_the_session()
    {
        await using var container = await BlobContainer.NewAsync();
        var network = new Network();
        var session = await container.Open(network).OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());
        await container.Client.GetBlobClient("journal/000001.jsonl").GetLeaseAwayAsync();
        await container.AppendAsync(1, "nothing of ours\n"u8.ToArray());

        var broken = await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(1)));
        var requests = network.Requests;
        await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(2)));

        broken.InnerException.ShouldBeOfType<LockLostException>();
        network.Requests.ShouldBe(requests);
        await session.DisposeAsync();
    }

    [Fact]
    public async Task What_somebody_else_wrote_where_an_append_was_lost_is_not_taken_for_it()
    {
        await using var container = await BlobContainer.NewAsync();
        var network = new Network();
        var session = await container.Open(network).OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());
        network.Fault = (_, request) =>
        {
            if (!IsAppend(request))
            {
                return Fault.None;
            }

            container.Client.GetBlobClient("journal/000001.jsonl").GetLeaseAwayAsync().GetAwaiter().GetResult();
            container.AppendAsync(1, "nothing of ours\n"u8.ToArray()).GetAwaiter().GetResult();
            return Fault.RequestLost;
        };

        var broken = await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(1)));

        broken.InnerException.ShouldBeOfType<StateException>().Code.ShouldBe(StateDiagnostics.ForeignEnd.Code);
        await session.DisposeAsync();
    }

    [Fact]
    public async Task A_change_set_is_committed_once_whatever_is_lost()
    {
        foreach (var fault in new[] { Fault.RequestLost, Fault.AnswerLost })
        {
            for (var lost = 0; lost < 3; lost++)
            {
                await using var container = await BlobContainer.NewAsync();
                var network = new Network();
                var state = container.Open(network);
                await using var stream = await state.CreateAsync(Stop);
                stream.Write("content"u8);
                var first = network.Requests;
                network.Fault = (n, _) => n == first + lost ? fault : Fault.None;

                await state.CommitChangeSetAsync(stream, new string('a', 64), Stop);

                await using var read = (await state.OpenChangeSetAsync(new string('a', 64), Stop)).ShouldNotBeNull();
                using var text = new StreamReader(read);
                (await text.ReadToEndAsync(Stop)).ShouldBe("content");
            }
        }
    }

    [Fact]
    public async Task A_note_that_the_storage_fails_ends_there_and_stops_nobody()
    {
        await using var container = await BlobContainer.NewAsync();
        var network = new Network();
        var spool = await container.Open(network).Spools.CreateAsync(Stop);
        spool.Stream.Write("first"u8);
        spool.Stream.Flush();
        network.Fault = static (_, _) => Fault.RequestLost;

        spool.Stream.Write("second"u8);
        spool.Stream.Flush();
        await spool.Stream.DisposeAsync();

        await container.Client.GetBlobClient($"spool/{spool.Name}.mfaspool").GetLeaseAwayAsync();
        await using var note = (await container.Open().Spools.OpenAsync(spool.Name, Stop)).ShouldNotBeNull();
        using var text = new StreamReader(note);
        (await text.ReadToEndAsync(Stop)).ShouldBe("first");
    }

    private static bool IsAppend(Request request) => request.Uri.Query.Contains("appendblock", StringComparison.Ordinal);

    /// <summary>A session with two segments, from opening to close.</summary>
    private static async Task WorkAsync(BlobContainer container, Network network)
    {
        var state = container.Open(network);
        state.Limits = new(1_000_000, 5);
        await using var session = await state.OpenAsync("apply", Stop);
        foreach (var entry in Work)
        {
            await session.Journal.AppendAsync(entry);
        }
    }

    /// <summary>The same until it dies.</summary>
    /// <returns>The number of entries that were said to be durable.</returns>
    private static async Task<int> DieAsync(BlobContainer container, Network network)
    {
        var durable = 0;
        IStateSession? session = null;
        try
        {
            var state = container.Open(network);
            state.Limits = new(1_000_000, 5);
            session = await state.OpenAsync("apply", Stop);
            foreach (var entry in Work)
            {
                await session.Journal.AppendAsync(entry);
                durable++;
            }
        }
        catch (Exception death) when (death is JournalBrokenException or LockLostException or StateException or StateLockedException)
        {
            // Dead.
        }

        if (session is not null)
        {
            await session.DisposeAsync();
        }

        return durable;
    }

    /// <summary>What of <see cref="Work"/> stands in the journal.</summary>
    private static async Task<List<string>> WorkOf(BlobContainer container) =>
        [.. (await Lines(container)).Select(static line => TextOf(line.Entry)).OfType<string>()];

    private static string? TextOf(JournalEntry entry) => entry switch
    {
        JournalEntry.Run run => $"run {run.RunId}",
        JournalEntry.Begin begin => $"begin {begin.Unit}",
        JournalEntry.Close close => $"close {close.RunId}",
        _ => null,
    };

    private static async Task<List<string>> Kinds(BlobContainer container) =>
        [.. (await Lines(container)).Select(static line => line.Entry.GetType().Name)];

    private static async Task<List<JournalLine>> Lines(BlobContainer container)
    {
        var lines = new List<JournalLine>();
        var hash = JournalLines.Genesis;
        await foreach (var line in container.Open().ReadJournalAsync(Stop))
        {
            lines.Add(JournalLines.Parse(line.Span, hash));
            hash = lines[^1].Hash;
        }

        return lines;
    }
}
