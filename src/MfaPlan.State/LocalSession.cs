using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Journals;
using MfaPlan.State.Locks;

namespace MfaPlan.State;

/// <summary>The writing session of a state on this machine's disk.</summary>
internal sealed class LocalSession(
    StateLock held, JournalAppender appender, Ledger ledger, int epoch, string holder, bool tookOver) : IStateSession
{
    /// <inheritdoc/>
    public IJournal Journal => appender;

    /// <inheritdoc/>
    public Ledger Ledger => ledger;

    /// <inheritdoc/>
    public int Epoch => epoch;

    /// <inheritdoc/>
    public string Holder => holder;

    /// <inheritdoc/>
    public bool TookOver => tookOver;

    /// <inheritdoc/>
    public LockHolder? Previous => held.Previous;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await appender.DisposeAsync();
        held.Dispose();
    }
}
