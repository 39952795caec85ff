using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Blobs;
using MfaPlan.State.Journals;
using MfaPlan.State.Locks;

namespace MfaPlan.State;

/// <summary>
/// A state in a container of Azure Blob storage, laid out as <see cref="LocalState"/> lays out a folder. Every session holds a lease; see
/// docs/adr/0008-state-in-blob-storage.md.
/// </summary>
public sealed class BlobState : IKeyedState
{
    private const string ChangesPrefix = "changes/";

    private readonly BlobClients _clients;
    private readonly BlobSegments _segments;
    private readonly TimeProvider _time;
    private readonly StateFile _file;
    private readonly KeySource _key;
    private readonly Lazy<StateKeys> _keys;

    private BlobState(BlobClients clients, StateFile file, KeySource key, TimeProvider time)
    {
        _clients = clients;
        _segments = new BlobSegments(clients.Repeating);
        _time = time;
        _file = file;
        _key = key;
        Spools = new BlobSpools(clients.Repeating);
        Approvals = new BlobApprovals(clients.Repeating);
        _keys = new Lazy<StateKeys>(() => file.Open(key));
    }

    /// <inheritdoc/>
    /// <exception cref="StateException">The key is missing or not the one that the state was made with.</exception>
    public StateKeys Keys => _keys.Value;

    /// <inheritdoc/>
    public IApprovals Approvals { get; }

    /// <inheritdoc/>
    public ISpools Spools { get; }

    /// <inheritdoc/>
    public Shredding? Shredded => _file.Shredded;

    /// <summary>When a segment is full; tests make it sooner.</summary>
    internal JournalLimits Limits { get; set; } = JournalLimits.Default;

    /// <summary>The times of the lease.</summary>
    internal LeaseTimes Times { get; set; } = LeaseTimes.Default;

    /// <summary>Whether a container holds a state, of whatever kind and version.</summary>
    public static bool Exists(BlobPlace place) => ReadFile(new BlobClients(place, adjust: null)) is not null;

    /// <summary>Whether the state in a container is a sandbox's; null when the container holds none.</summary>
    /// <exception cref="StateException">It is of a newer version, or damaged, or the storage refuses.</exception>
    public static bool? IsSandbox(BlobPlace place) =>
        ReadFile(new BlobClients(place, adjust: null)) is { } bytes ? StateFile.Read(bytes).Sandbox : null;

    /// <summary>Makes a state with a new data key, and the container where it is missing.</summary>
    /// <param name="place">The container.</param>
    /// <param name="tenant">The tenant it is for.</param>
    /// <param name="sandbox">Whether that is a simulated one.</param>
    /// <param name="key">The key that wraps the data key; made where <see cref="KeySource.MayMakeKey"/> says so and it is missing.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StateException">There is a state already, or no key, or the storage refuses.</exception>
    public static BlobState Init(BlobPlace place, Guid tenant, bool sandbox, KeySource key, TimeProvider time) =>
        Init(place, tenant, sandbox, key, time, adjust: null);

    /// <summary>Opens a state. The key is asked for on first use only.</summary>
    /// <param name="place">The container.</param>
    /// <param name="expectedTenant">The plan's tenant.</param>
    /// <param name="sandbox">Whether a simulated tenant is worked on.</param>
    /// <param name="key">The key that wraps the data keys.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StateException">There is none, it is another's, of a newer version, or damaged, or the storage refuses.</exception>
    public static BlobState Open(BlobPlace place, Guid expectedTenant, bool sandbox, KeySource key, TimeProvider time) =>
        Open(place, expectedTenant, sandbox, key, time, adjust: null);

    /// <summary>Deletes everything of a sandbox's state, whoever holds it.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Forget(BlobPlace place)
    {
        if (IsSandbox(place) != true)
        {
            return false;
        }

        var container = new BlobClients(place, adjust: null).Repeating;
        foreach (var blob in BlobNames.Under(container, "").ToList().Select(container.GetBlobClient))
        {
            if (blob.GetProperties().Value.LeaseStatus == LeaseStatus.Locked)
            {
                blob.GetBlobLeaseClient().Break(TimeSpan.Zero);
            }

            blob.DeleteIfExists();
        }

        return true;
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000", Justification = "Lock and journal are the session's, or disposed where there is none.")]
    public async Task<IStateSession> OpenAsync(string doing, CancellationToken cancellationToken)
    {
        var holder = Holders.New(doing, _time.GetUtcNow());
        var held = await BlobLock.TakeAsync(_clients, holder, Times, _time, cancellationToken);
        try
        {
            var journal = new BlobJournal(_clients, _segments, held.Fence, Times, _time);
            try
            {
                await journal.HoldLastAsync(cancellationToken);
                var builder = new LedgerBuilder();
                var scan = await Task.Run(() => new JournalScan(_segments, builder.Add).ToEnd(cancellationToken), cancellationToken);
                ClockCheck.RefuseBehind(_file.Sandbox, builder.LastAt, _time.GetUtcNow());
                return await StateSession.BeginAsync(
                    new StateSession.Opened(
                        new Holding(journal, held),
                        held.Fence,
                        holder,
                        held.Previous,
                        builder,
                        new JournalEnd(
                            scan.Segment, journal.Length, scan.LinesInSegment, builder.LastN, builder.LastHash,
                            Full: scan.Tail is not null, builder.OpenRunId),
                        scan.Tail is { } tail
                            ? new JournalEntry.Recovered(_time.GetUtcNow(), SegmentName.Of(tail.Segment), tail.Bytes.Length)
                            : null),
                    journal.OpenAsync,
                    Limits,
                    _time);
            }
            catch
            {
                await journal.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<string> RotateAsync(string doing, KeySource? next, bool newSeal, CancellationToken cancellationToken) =>
        (await ReplaceFileAsync(Holders.New(doing, _time.GetUtcNow()), file => file.Rotate(_key, next, newSeal), cancellationToken)).Active;

    /// <inheritdoc/>
    public Task ShredAsync(string doing, string who, CancellationToken cancellationToken)
    {
        var holder = Holders.New(doing, _time.GetUtcNow());
        return ReplaceFileAsync(holder, file => file.Shred(Shredding.Now(holder, who)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Ledger> ReadAsync(CancellationToken cancellationToken) => JournalReads.FoldAsync(_segments, cancellationToken);

    /// <inheritdoc/>
    public Task<LockHolder?> WhoAsync(CancellationToken cancellationToken) => BlobLock.WhoAsync(_clients.Repeating, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadJournalAsync(CancellationToken cancellationToken) =>
        JournalReads.LinesAsync(_segments, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> CreateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream>(TemporaryCopy.Create());
    }

    /// <inheritdoc/>
    public async Task CommitChangeSetAsync(Stream written, string digest, CancellationToken cancellationToken)
    {
        if (written is not PendingFile pending || !ChangeSetName.IsDigest(digest))
        {
            throw new ArgumentException("A stream of CreateAsync and a digest in lower-case hexadecimal are needed.", nameof(written));
        }

        await using (pending)
        {
            var blob = _clients.Repeating.GetBlobClient(PathOf(digest));
            var conditions = await ETagAsync(blob, cancellationToken) is { } known
                ? new BlobRequestConditions { IfMatch = known }
                : new BlobRequestConditions { IfNoneMatch = ETag.All };
            pending.Position = 0;
            try
            {
                await blob.UploadAsync(pending, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            }
            catch (RequestFailedException failure) when (failure.Status is 409 or 412)
            {
                // Another preview was here meanwhile, or our own answer was lost: what has this digest says the same.
            }
        }
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenChangeSetAsync(string digest, CancellationToken cancellationToken) => ChangeSetName.IsDigest(digest)
        ? TemporaryCopy.OfAsync(_clients.Repeating.GetBlobClient(PathOf(digest)), cancellationToken)
        : Task.FromResult<Stream?>(null);

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListChangeSetsAsync(CancellationToken cancellationToken)
    {
        var found = new List<(string Digest, DateTimeOffset At)>();
        await foreach (var blob in _clients.Repeating.GetBlobsAsync(BlobTraits.None, BlobStates.None, ChangesPrefix, cancellationToken))
        {
            if (blob.Name.EndsWith(ChangeSetName.Extension, StringComparison.Ordinal))
            {
                found.Add((blob.Name[ChangesPrefix.Length..^ChangeSetName.Extension.Length], blob.Properties.LastModified ?? default));
            }
        }

        return
        [
            .. found.OrderByDescending(static changeSet => changeSet.At)
                .ThenBy(static changeSet => changeSet.Digest, StringComparer.Ordinal)
                .Select(static changeSet => changeSet.Digest),
        ];
    }

    /// <summary>As the public one; tests put their own policies in.</summary>
    internal static BlobState Init(
        BlobPlace place, Guid tenant, bool sandbox, KeySource key, TimeProvider time, Action<BlobClientOptions>? adjust)
    {
        var clients = new BlobClients(place, adjust);
        clients.Repeating.CreateIfNotExists();
        if (ReadFile(clients) is not null || new BlobSegments(clients.Repeating).Numbers() is not [])
        {
            throw Taken(place);
        }

        var file = StateFile.New(tenant, sandbox, time.GetUtcNow(), key);
        try
        {
            clients.Repeating.GetBlobClient(StateFile.Name).Upload(
                BinaryData.FromBytes(file.ToBytes()),
                new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } });
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            throw Taken(place);
        }

        return new BlobState(clients, file, key, time);
    }

    /// <summary>As the public one; tests put their own policies in.</summary>
    internal static BlobState Open(
        BlobPlace place, Guid expectedTenant, bool sandbox, KeySource key, TimeProvider time, Action<BlobClientOptions>? adjust)
    {
        var clients = new BlobClients(place, adjust);
        var file = StateFile.Read(ReadFile(clients) ?? throw new StateException(
            StateDiagnostics.Missing,
            $"{place} holds no state.",
            "Run \"mfaplan init\", or put the state back from where it is kept: a new one knows nothing of what was applied before."));
        StateMatch.Check(file, place.ToString(), expectedTenant, sandbox);
        return new BlobState(clients, file, key, time);
    }

    /// <summary>Replaces <c>state.json</c> under the lock by one request, which only holds where nobody wrote it since it was read.</summary>
    private async Task<StateFile> ReplaceFileAsync(LockHolder holder, Func<StateFile, StateFile> next, CancellationToken cancellationToken)
    {
        await using var held = await BlobLock.TakeAsync(_clients, holder, Times, _time, cancellationToken);
        var blob = _clients.Repeating.GetBlobClient(StateFile.Name);
        var read = (await blob.DownloadContentAsync(cancellationToken)).Value;
        var file = next(StateFile.Read(read.Content.ToArray()));
        var bytes = file.ToBytes();
        cancellationToken.ThrowIfCancellationRequested();
        held.Fence.Check();
        try
        {
            await blob.UploadAsync(
                BinaryData.FromBytes(bytes),
                new BlobUploadOptions { Conditions = new BlobRequestConditions { IfMatch = read.Details.ETag } },
                CancellationToken.None);
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            // Where the answer to a first try was lost, what the repeated one finds there is our own.
            var there = (await blob.DownloadContentAsync(CancellationToken.None)).Value.Content;
            if (!there.ToMemory().Span.SequenceEqual(bytes))
            {
                throw new LockLostException($"Somebody else wrote {StateFile.Name} meanwhile, so it was left as it is.", failure);
            }
        }

        return file;
    }

    private static StateException Taken(BlobPlace place) => new(
        StateDiagnostics.Exists,
        $"{place} holds a state already, or the journal of one.",
        "Use it, put its state.json back if that is missing, or name another container; a state is never made over another.");

    private static byte[]? ReadFile(BlobClients clients)
    {
        try
        {
            return clients.Repeating.GetBlobClient(StateFile.Name).DownloadContent().Value.Content.ToArray();
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return null;
        }
    }

    private static string PathOf(string digest) => ChangesPrefix + ChangeSetName.Of(digest);

    private static async Task<ETag?> ETagAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag;
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return null;
        }
    }

    private sealed class Holding(BlobJournal journal, BlobLock held) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await journal.DisposeAsync();
            await held.DisposeAsync();
        }
    }
}
