using System.Diagnostics.CodeAnalysis;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Locks;

/// <summary>
/// The lock of a state: a file held open with <see cref="FileShare.None"/>, which the system gives back when its holder
/// dies, and
/// <c>lock.json</c> beside it, which says who that is. The file that is held is never deleted: two could then hold one
/// of that name each.
/// </summary>
internal sealed class StateLock : IAsyncDisposable
{
    private const string LockName = "lock";
    private const string HolderName = "lock.json";
    private const int Tries = 5;

    // .NET gives the system's own number on: EWOULDBLOCK of flock, ERROR_SHARING_VIOLATION.
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    private readonly FileStream _held;
    private readonly string _folder;

    private StateLock(FileStream held, string folder, LockHolder? previous)
    {
        _held = held;
        _folder = folder;
        Previous = previous;
    }

    /// <summary>Who left the lock without giving it back.</summary>
    public LockHolder? Previous { get; }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StateLockedException">It is held.</exception>
    /// <exception cref="StateException">The file system does not lock.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The held file is the lock's.")]
    public static async Task<StateLock> TakeAsync(string folder, LockHolder holder, CancellationToken cancellationToken)
    {
        // Whoever asks "is it held?" holds it for an instant; so one refusal is not yet an answer. These are real
        // instants, not the clock's.
        for (var attempt = 1; ; attempt++)
        {
            if (TryHold(folder, FileMode.OpenOrCreate) is { } held)
            {
                return Take(held, folder, holder);
            }

            if (attempt == Tries)
            {
                throw new StateLockedException(ReadHolder(folder));
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Who holds the lock; null when nobody does.</summary>
    public static async Task<LockHolder?> WhoAsync(string folder, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!IsHeld(folder))
            {
                return null;
            }

            if (ReadHolder(folder) is { } holder)
            {
                return holder;
            }

            if (attempt == Tries)
            {
                return Holders.Unknown;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_held.CanRead)
        {
            File.Delete(Path.Combine(_folder, HolderName));
            await _held.DisposeAsync();
        }
    }

    private static StateLock Take(FileStream held, string folder, LockHolder holder)
    {
        try
        {
            if (!IsHeld(folder))
            {
                throw new StateException(
                    StateDiagnostics.LockUnavailable,
                    $"The file system of {folder} lets two programs hold one lock.",
                    "Keep the state on a local disk, or on a network file system that locks.");
            }

            var previous = ReadHolder(folder);
            WholeFile.Write(Path.Combine(folder, HolderName), LockHolderFile.ToBytes(holder));
            return new StateLock(held, folder, previous);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static bool IsHeld(string folder)
    {
        if (!File.Exists(Path.Combine(folder, LockName)))
        {
            return false;
        }

        using var probe = TryHold(folder, FileMode.Open);
        return probe is null;
    }

    private static FileStream? TryHold(string folder, FileMode mode)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), WholeFile.Options(mode, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolation)
        {
            return null;
        }
        catch (Exception exception) when (Unwritable.Is(exception))
        {
            throw Unwritable.Because(Path.Combine(folder, LockName), exception);
        }
    }

    private static LockHolder? ReadHolder(string folder)
    {
        try
        {
            return LockHolderFile.Read(File.ReadAllBytes(Path.Combine(folder, HolderName)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
