using BenchmarkDotNet.Attributes;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;
using MfaPlan.State;

namespace MfaPlan.Benchmarks.Micro;

/// <summary>The journal: many lines appended at once, durable each, and lines folded; numbers are per line.</summary>
public class Journaling
{
    private const int AtOnce = 1_000;
    private const int Units = 10_000;
    private readonly Task[] _appended = new Task[AtOnce];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly List<byte[]> _lines = [];
    private IStateSession? _session;
    private int _next;

    /// <summary>Makes a state with an open run, and the lines of another.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        Directory.CreateDirectory(_folder);
        var key = new KeySource.File(Path.Combine(_folder, "key"), CreateIfMissing: true);
        var state = LocalState.Init(Path.Combine(_folder, "state"), Guid.Empty, sandbox: true, key, TimeProvider.System);
        _session = await state.OpenAsync("bench", CancellationToken.None);
        await _session.Journal.AppendAsync(Run());

        var hash = JournalLines.Genesis;
        _lines.Add(JournalLines.Write(1, 1, Run(), hash, out hash));
        for (var i = 0; i < Units; i++)
        {
            _lines.Add(JournalLines.Write(_lines.Count + 1, 1, Begin(i), hash, out hash));
            _lines.Add(JournalLines.Write(_lines.Count + 1, 1, Settle(i), hash, out hash));
        }
    }

    /// <summary>Closes and deletes it.</summary>
    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _session!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A thousand intents at once, until all are durable.</summary>
    [Benchmark(OperationsPerInvoke = AtOnce)]
    public Task Append()
    {
        for (var i = 0; i < AtOnce; i++)
        {
            _appended[i] = _session!.Journal.AppendAsync(Begin(_next++)).AsTask();
        }

        return Task.WhenAll(_appended);
    }

    /// <summary>Every line checked and folded.</summary>
    [Benchmark(OperationsPerInvoke = (2 * Units) + 1)]
    public Ledger Fold()
    {
        var builder = new LedgerBuilder();
        foreach (var line in _lines)
        {
            builder.Add(line);
        }

        return builder.Build();
    }

    private static JournalEntry.Run Run() => new(
        DateTimeOffset.UnixEpoch, "run1", new string('a', 64), "bench", new string('b', 64), StageId.Migrate.ToText(), RunPurpose.Apply, null, "bench");

    private static JournalEntry.Begin Begin(int i) => new(DateTimeOffset.UnixEpoch, "run1", UnitOf(i), ["phone.mobile", "defaultMethod"]);

    private static JournalEntry.Settle Settle(int i) => new(
        DateTimeOffset.UnixEpoch,
        "run1",
        UnitOf(i),
        [
            new ChangeSettled("phone.mobile", new ChangeOutcome.Applied("00000000-0000-4000-8000-000000000001")),
            new ChangeSettled("defaultMethod", new ChangeOutcome.Applied("00000000-0000-4000-8000-000000000002")),
        ],
        $"f1:{new string('c', 64)}");

    private static UnitId UnitOf(int i) => UnitId.ForUser(new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));
}
