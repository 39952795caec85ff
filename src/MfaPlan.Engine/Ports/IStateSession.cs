using MfaPlan.Core.Journals;

namespace MfaPlan.Engine.Ports;

/// <summary>The one writing session of a state. Disposing it writes what is queued and gives the lock back.</summary>
public interface IStateSession : IAsyncDisposable
{
    /// <summary>Where to append.</summary>
    IJournal Journal { get; }

    /// <summary>Says in the instant before a request to the tenant leaves whether the lock is held.</summary>
    IFence Fence { get; }

    /// <summary>The fold of the journal as of opening, with what the opening itself wrote.</summary>
    Ledger Ledger { get; }

    /// <summary>One more than that of the last session that wrote.</summary>
    int Epoch { get; }

    /// <summary>Names this session.</summary>
    string Holder { get; }

    /// <summary>Another session left a run open, and this one goes on with it.</summary>
    bool TookOver { get; }

    /// <summary>Who left the lock without giving it back; null when it was given back.</summary>
    LockHolder? Previous { get; }
}
