using System.Collections.Immutable;

namespace MfaPlan.Engine.Ports;

/// <summary>
/// Sealed notes of what previews have read, so that one that was killed goes on where it was. Losing them costs time and nothing else.
/// </summary>
public interface ISpools
{
    /// <summary>A new note, to be written and disposed by the caller. While it is open nobody else can open it.</summary>
    Task<Spool> CreateAsync(CancellationToken cancellationToken);

    /// <summary>The names of all notes.</summary>
    Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Opens a note that nobody writes any more; null when somebody does, or when it is gone. Its end may be missing.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a note; one that is gone, or that another process holds, is left to it.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A note that is being written.</summary>
/// <param name="Name">For <see cref="ISpools.DeleteAsync"/>.</param>
/// <param name="Stream">Where to write. What is flushed outlives the process.</param>
public sealed record Spool(string Name, Stream Stream);
