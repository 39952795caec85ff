using MfaPlan.Engine.Ports;

namespace MfaPlan.State;

/// <summary>A state whose keys can be looked after, wherever it keeps its bytes.</summary>
public interface IKeyedState : IStateStore
{
    /// <summary>When and by whom the keys were destroyed; null while there are any.</summary>
    Shredding? Shredded { get; }

    /// <summary>
    /// Gives the data keys another key to be wrapped with, or new seals a data key of their own, or both. Writes <c>state.json</c> and nothing else, under
    /// the lock; a kill leaves it as it was or as it is to be. What was sealed before stays readable, and values are compared by the key they were compared
    /// by before.
    /// </summary>
    /// <param name="doing">The command, for whoever finds the lock held.</param>
    /// <param name="next">The key to wrap with from now on; null for the one that does now, which in a vault is its newest version.</param>
    /// <param name="newSeal">Whether new files are sealed under a new data key.</param>
    /// <param name="cancellationToken">Stops before the writing.</param>
    /// <returns>The id of the data key that seals from now on.</returns>
    /// <exception cref="StateException">The key is not the state's, the next cannot be had, or the keys were destroyed.</exception>
    /// <exception cref="StateLockedException">Another session holds the lock.</exception>
    /// <exception cref="LockLostException">The lock was lost before the writing, or somebody wrote without it; what is there was left.</exception>
    Task<string> RotateAsync(string doing, KeySource? next, bool newSeal, CancellationToken cancellationToken);

    /// <summary>
    /// Destroys the data keys for ever, under the lock: change sets and notes of previews are noise from then on. The journal, which has no personal data,
    /// stays and reads. Needs no key. A copy of <c>state.json</c> from before still opens with the key that wrapped it, so destroy that as well: a backup,
    /// or what a storage account keeps of blobs that were replaced.
    /// </summary>
    /// <param name="doing">The command, for whoever finds the lock held.</param>
    /// <param name="who">Who wants it.</param>
    /// <param name="cancellationToken">Stops before the writing.</param>
    /// <exception cref="StateException">They were destroyed before.</exception>
    /// <exception cref="StateLockedException">Another session holds the lock.</exception>
    /// <exception cref="LockLostException">The lock was lost before the writing, or somebody wrote without it; what is there was left.</exception>
    Task ShredAsync(string doing, string who, CancellationToken cancellationToken);
}
