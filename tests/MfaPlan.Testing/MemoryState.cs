using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Sealing;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Testing;

/// <summary>A state in memory that outlives its sessions: real lines, real chain, real seals; only the disk is missing.</summary>
public sealed class MemoryState : IStateStore
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(static i => (byte)i)];
    private readonly List<byte[]> _lines = [];
    private readonly Dictionary<string, byte[]> _changeSets = new(StringComparer.Ordinal);
    private bool _locked;

    /// <summary>Kills the caller at a step.</summary>
    public Killer Killer { get; set; } = new(-1);

    /// <summary>Called before a change set is kept, and may end its caller there.</summary>
    public Action? Committing { get; set; }

    /// <summary>The fence of its sessions.</summary>
    public IFence Fence { get; set; } = OwnFence.Instance;

    /// <inheritdoc/>
    public StateKeys Keys { get; } = new(
        new ValueKey("test", Key), new SealKey("test", Key), static id => id == "test" ? new SealKey("test", Key) : null);

    /// <summary>The journal's lines as text.</summary>
    public IEnumerable<string> JournalText => _lines.Select(static line => System.Text.Encoding.UTF8.GetString(line));

    /// <summary>The bytes of a change set, to be tampered with.</summary>
    public byte[] ChangeSet(string digest) => _changeSets[digest];

    /// <inheritdoc/>
    public Task<IStateSession> OpenAsync(string doing, CancellationToken cancellationToken)
    {
        if (_locked)
        {
            throw new StateLockedException(new LockHolder("test", "host", 1, DateTimeOffset.UnixEpoch, doing));
        }

        _locked = true;
        var ledger = Fold();
        return Task.FromResult<IStateSession>(new Session(this, ledger));
    }

    /// <summary>The lock is free again, as after a kill.</summary>
    public void Free() => _locked = false;

    /// <inheritdoc/>
    public Task<Ledger> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Fold());

    /// <inheritdoc/>
    public Task<LockHolder?> WhoAsync(CancellationToken cancellationToken) => Task.FromResult<LockHolder?>(null);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadJournalAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var line in _lines)
        {
            yield return line;
        }
    }

    /// <inheritdoc/>
    public ISpools Spools => Notes;

    /// <summary>The notes of previews, to look at and to damage.</summary>
    public MemorySpools Notes { get; } = new();

    /// <inheritdoc/>
    public IApprovals Approvals { get; } = new MemoryApprovals();

    /// <inheritdoc/>
    public Task<Stream> CreateAsync(CancellationToken cancellationToken) => Task.FromResult<Stream>(new MemoryStream());

    /// <inheritdoc/>
    public Task CommitChangeSetAsync(Stream written, string digest, CancellationToken cancellationToken)
    {
        Committing?.Invoke();
        _changeSets[digest] = ((MemoryStream)written).ToArray();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenChangeSetAsync(string digest, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_changeSets.TryGetValue(digest, out var bytes) ? new MemoryStream(bytes, writable: false) : null);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListChangeSetsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<string>>([.. _changeSets.Keys]);

    private Ledger Fold()
    {
        var builder = new LedgerBuilder();
        foreach (var line in _lines)
        {
            builder.Add(line);
        }

        return builder.Build();
    }

    private sealed class Session(MemoryState state, Ledger ledger) : IStateSession, IJournal
    {
        private long _n = ledger.LastN;
        private string _hash = ledger.LastHash;

        public IJournal Journal => this;

        public IFence Fence => state.Fence;

        public Ledger Ledger => ledger;

        public int Epoch { get; } = ledger.Epoch + 1;

        public string Holder => "test/1";

        public bool TookOver => ledger.OpenRun is not null;

        public LockHolder? Previous => null;

        public ValueTask AppendAsync(JournalEntry entry)
        {
            state.Killer.Step("before append");
            lock (state._lines)
            {
                state._lines.Add(JournalLines.Write(++_n, Epoch, entry, _hash, out _hash));
            }

            state.Killer.Step("after append");
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            state._locked = false;
            return ValueTask.CompletedTask;
        }
    }
}
