using System.Collections.Immutable;
using MfaPlan.Core.Journals;

namespace MfaPlan.Engine.Ports;

/// <summary>The state of one tenant: journal, change sets, keys, lock.</summary>
public interface IStateStore
{
    /// <summary>Takes the lock, checks the whole journal, mends a torn end and folds it.</summary>
    /// <param name="doing">The command, for whoever finds the lock held.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="StateLockedException">Another session holds the lock.</exception>
    Task<IStateSession> OpenAsync(string doing, CancellationToken cancellationToken);

    /// <summary>
    /// The fold of the journal as it is now. Takes no lock and needs no key; a last line that is being written is not
    /// there yet.
    /// </summary>
    Task<Ledger> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Who holds the lock; null when nobody does. Takes no lock and needs no key.</summary>
    Task<LockHolder?> WhoAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The journal's lines, verified, without line ends. A line's bytes are valid until the next is asked for.
    /// </summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadJournalAsync(CancellationToken cancellationToken);

    /// <summary>The keys. Opened on first use, so that what needs no key works without one.</summary>
    StateKeys Keys { get; }

    /// <summary>What previews have read and not finished.</summary>
    ISpools Spools { get; }

    /// <summary>Who approved what.</summary>
    IApprovals Approvals { get; }

    /// <summary>
    /// A file to write a change set into, under a temporary name. Disposed without a commit, it is gone. Takes no lock.
    /// </summary>
    Task<Stream> CreateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes a written change set durable and gives it its name; one of the same digest is replaced. Disposes the
    /// stream.
    /// </summary>
    /// <param name="written">A stream of <see cref="CreateAsync"/>.</param>
    /// <param name="digest">Lower-case hexadecimal.</param>
    /// <param name="cancellationToken">Stops before the file has its name.</param>
    Task CommitChangeSetAsync(Stream written, string digest, CancellationToken cancellationToken);

    /// <summary>The sealed change set of a digest; null when there is none. The caller disposes it.</summary>
    Task<Stream?> OpenChangeSetAsync(string digest, CancellationToken cancellationToken);

    /// <summary>The digests of all change sets, the newest first.</summary>
    Task<ImmutableArray<string>> ListChangeSetsAsync(CancellationToken cancellationToken);
}
