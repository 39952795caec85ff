using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Journals;
using MfaPlan.State.Locks;

namespace MfaPlan.State;

/// <summary>
/// A state in a folder: <c>state.json</c>, <c>lock</c>, <c>lock.json</c>, <c>journal/</c>, <c>changes/</c>,
/// <c>spool/</c>, <c>approvals/</c>; for the owner alone.
/// </summary>
public sealed class LocalState : IKeyedState
{
    private const string ChangesName = "changes";
    private const string JournalName = "journal";
    private const string SpoolsName = "spool";
    private const string ApprovalsName = "approvals";
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly string _path;
    private readonly StateFile _file;
    private readonly KeySource _key;
    private readonly JournalFolder _journal;
    private readonly TimeProvider _time;
    private readonly Lazy<StateKeys> _keys;

    private LocalState(string path, StateFile file, KeySource key, TimeProvider time)
    {
        _path = path;
        _file = file;
        _key = key;
        _journal = new JournalFolder(Path.Combine(path, JournalName));
        _time = time;
        Spools = new LocalSpools(Path.Combine(path, SpoolsName));
        Approvals = new LocalApprovals(Path.Combine(path, ApprovalsName));
        _keys = new Lazy<StateKeys>(() => file.Open(key));
    }

    /// <inheritdoc/>
    /// <exception cref="StateException">The key is missing or not the one that the state was made with, or its keys were destroyed.</exception>
    public StateKeys Keys => _keys.Value;

    /// <inheritdoc/>
    public ISpools Spools { get; }

    /// <inheritdoc/>
    public IApprovals Approvals { get; }

    /// <summary>Opens segments; tests put their own in.</summary>
    internal Func<string, ISegmentFile> OpenSegment { get; set; } = SegmentFile.Open;

    /// <summary>When a segment is full; tests make it sooner.</summary>
    internal JournalLimits Limits { get; set; } = JournalLimits.Default;

    /// <summary>Told after each step of writing <c>state.json</c>; tests end the writing there.</summary>
    internal Action<WriteStep>? AfterStep { get; set; }

    /// <inheritdoc/>
    public Shredding? Shredded => _file.Shredded;

    private string ChangesFolder => Path.Combine(_path, ChangesName);

    /// <summary>Whether a folder holds a state, of whatever kind and version.</summary>
    public static bool Exists(string path) => File.Exists(Path.Combine(path, StateFile.Name));

    /// <summary>Whether the state in a folder is a sandbox's; null when the folder holds none.</summary>
    /// <exception cref="StateException">It is of a newer version, or damaged.</exception>
    public static bool? IsSandbox(string path) =>
        Exists(path) ? ReadFile(path).Sandbox : null;

    /// <summary>Makes a state with a new data key.</summary>
    /// <param name="path">The folder; made where it is missing.</param>
    /// <param name="tenant">The tenant it is for.</param>
    /// <param name="sandbox">Whether that is a simulated one.</param>
    /// <param name="key">The key that wraps the data key; made where <see cref="KeySource.MayMakeKey"/> says so and it
    /// is missing.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StateException">There is a state already, or no key.</exception>
    public static LocalState Init(string path, Guid tenant, bool sandbox, KeySource key, TimeProvider time)
    {
        if (Exists(path) || new JournalFolder(Path.Combine(path, JournalName)).Numbers() is not [])
        {
            throw new StateException(
                StateDiagnostics.Exists,
                $"{path} holds a state already, or the journal of one.",
                "Use it, put its state.json back if that is missing, or name another folder; a state is never made over another.");
        }

        WholeFile.MakeFolder(path);
        WholeFile.MakeFolder(Path.Combine(path, JournalName));
        WholeFile.MakeFolder(Path.Combine(path, ChangesName));
        var file = StateFile.New(tenant, sandbox, time.GetUtcNow(), key);
        WholeFile.Write(Path.Combine(path, StateFile.Name), file.ToBytes(), replace: false);
        return new LocalState(path, file, key, time);
    }

    /// <summary>Opens a state. The key is asked for on first use only.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="expectedTenant">The plan's tenant.</param>
    /// <param name="sandbox">Whether a simulated tenant is worked on.</param>
    /// <param name="key">The key that wraps the data keys.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StateException">There is none, it is another's, of a newer version, or damaged.</exception>
    public static LocalState Open(string path, Guid expectedTenant, bool sandbox, KeySource key, TimeProvider time)
    {
        if (!Exists(path))
        {
            throw new StateException(
                StateDiagnostics.Missing,
                $"{path} holds no state.",
                "Run \"mfaplan init\", or put the state back from where it is kept: a new one knows nothing of what was applied before.");
        }

        var file = ReadFile(path);
        StateMatch.Check(file, path, expectedTenant, sandbox);
        return new LocalState(path, file, key, time);
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000", Justification = "The lock is the session's, or disposed where there is none.")]
    public async Task<IStateSession> OpenAsync(string doing, CancellationToken cancellationToken)
    {
        var holder = Holders.New(doing, _time.GetUtcNow());
        var held = await StateLock.TakeAsync(_path, holder, cancellationToken);
        try
        {
            var builder = new LedgerBuilder();
            var scan = await Task.Run(() => new JournalScan(_journal, builder.Add).ToEnd(cancellationToken), cancellationToken);
            ClockCheck.RefuseBehind(_file.Sandbox, builder.LastAt, _time.GetUtcNow());
            var recovered = scan.Tail is { } tail ? Cut(tail, builder.LastN + 1) : null;
            DeleteForgotten();
            return await StateSession.BeginAsync(
                new StateSession.Opened(
                    held,
                    OwnFence.Instance,
                    holder,
                    held.Previous,
                    builder,
                    new JournalEnd(scan.Segment, scan.Length, scan.LinesInSegment, builder.LastN, builder.LastHash, Full: false, builder.OpenRunId),
                    recovered),
                number => ValueTask.FromResult(OpenSegment(_journal.PathOf(number))),
                Limits,
                _time);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<string> RotateAsync(string doing, KeySource? next, bool newSeal, CancellationToken cancellationToken)
    {
        await using var held = await StateLock.TakeAsync(_path, Holders.New(doing, _time.GetUtcNow()), cancellationToken);
        var rotated = ReadFile(_path).Rotate(_key, next, newSeal);
        WriteFile(rotated);
        return rotated.Active;
    }

    /// <inheritdoc/>
    public async Task ShredAsync(string doing, string who, CancellationToken cancellationToken)
    {
        var holder = Holders.New(doing, _time.GetUtcNow());
        await using var held = await StateLock.TakeAsync(_path, holder, cancellationToken);
        WriteFile(ReadFile(_path).Shred(Shredding.Now(holder, who)));
    }

    /// <inheritdoc/>
    public Task<Ledger> ReadAsync(CancellationToken cancellationToken) => JournalReads.FoldAsync(_journal, cancellationToken);

    /// <inheritdoc/>
    public Task<LockHolder?> WhoAsync(CancellationToken cancellationToken) => StateLock.WhoAsync(_path, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadJournalAsync(CancellationToken cancellationToken) =>
        JournalReads.LinesAsync(_journal, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> CreateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WholeFile.MakeFolder(ChangesFolder);
        return Task.FromResult<Stream>(PendingFile.In(ChangesFolder));
    }

    /// <inheritdoc/>
    public Task CommitChangeSetAsync(Stream written, string digest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (written is not PendingFile pending || !ChangeSetName.IsDigest(digest))
        {
            throw new ArgumentException("A stream of CreateAsync and a digest in lower-case hexadecimal are needed.", nameof(written));
        }

        return Task.Run(() => pending.Commit(PathOf(digest)), CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenChangeSetAsync(string digest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream?>(ChangeSetName.IsDigest(digest) && File.Exists(PathOf(digest))
            ? new FileStream(PathOf(digest), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete)
            : null);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListChangeSetsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ImmutableArray<string> digests = Directory.Exists(ChangesFolder)
            ? [
                .. new DirectoryInfo(ChangesFolder).EnumerateFiles("*" + ChangeSetName.Extension)
                    .OrderByDescending(static file => file.LastWriteTimeUtc)
                    .ThenBy(static file => file.Name, StringComparer.Ordinal)
                    .Select(static file => Path.GetFileNameWithoutExtension(file.Name)),
            ]
            : [];
        return Task.FromResult(digests);
    }

    private static StateFile ReadFile(string path) => StateFile.Read(File.ReadAllBytes(Path.Combine(path, StateFile.Name)));

    private void WriteFile(StateFile file) => WholeFile.Write(Path.Combine(_path, StateFile.Name), file.ToBytes(), replace: true, AfterStep);

    private string PathOf(string digest) => Path.Combine(ChangesFolder, ChangeSetName.Of(digest));

    private JournalEntry.Recovered Cut(JournalTail tail, long n)
    {
        var now = _time.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"torn-{n}-{now.UtcTicks}.bin");
        WholeFile.Write(Path.Combine(_journal.Path, name), tail.Bytes);
        using var stream = new FileStream(_journal.PathOf(tail.Segment), WholeFile.Options(FileMode.Open, FileShare.Read));
        stream.SetLength(tail.At);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
        return new JournalEntry.Recovered(now, name, tail.Bytes.Length);
    }

    // What a preview left that was killed. A preview takes no lock, so only what is too old to be one's own work goes.
    private void DeleteForgotten()
    {
        var before = _time.GetUtcNow().UtcDateTime - Forgotten;
        foreach (var folder in new DirectoryInfo[] { new(_path), new(ChangesFolder) })
        {
            foreach (var file in folder.Exists ? folder.EnumerateFiles(WholeFile.TemporaryPrefix + "*") : [])
            {
                if (file.LastWriteTimeUtc < before)
                {
                    file.Delete();
                }
            }
        }
    }
}
