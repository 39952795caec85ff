using System.Diagnostics.CodeAnalysis;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>A note under two cursors: one ahead, which finds out whom to ask the tenant about, one behind, which gives what is noted.</summary>
internal sealed class SpoolNote(SpoolCursor ahead, SpoolCursor behind) : IDisposable
{
    /// <summary>Opens a note twice; null when it is held by another process, gone, or not of these terms.</summary>
    /// <param name="state">Where notes and keys are.</param>
    /// <param name="name">The note.</param>
    /// <param name="head">The first line it must have.</param>
    /// <param name="since">Older reads are passed over.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "Both cursors are the note's.")]
    public static async Task<SpoolNote?> OpenAsync(
        IStateStore state, string name, byte[] head, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await CursorAsync(state, name, head, since, cancellationToken) is not { } ahead)
        {
            return null;
        }

        if (await CursorAsync(state, name, head, since, cancellationToken) is { } behind)
        {
            return new SpoolNote(ahead, behind);
        }

        ahead.Dispose();
        return null;
    }

    /// <summary>Whether a note has a user, for whoever goes ahead.</summary>
    public static bool HasAhead(IReadOnlyList<SpoolNote> notes, Guid user)
    {
        // Every cursor is moved on, not only up to the first that knows the user.
        var known = false;
        foreach (var note in notes)
        {
            known |= note.Ahead(user) is not null;
        }

        return known;
    }

    /// <summary>The newest read of a user that is noted; null where none is.</summary>
    public static Observed<UserMethods>.Seen? Newest(IReadOnlyList<SpoolNote> notes, Guid user)
    {
        return notes.Count == 0
            ? null
            : notes.Select(note => note.Behind(user)).OfType<Observed<UserMethods>.Seen>().MaxBy(static seen => seen.At);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ahead.Dispose();
        behind.Dispose();
    }

    private Observed<UserMethods>.Seen? Ahead(Guid user) => ahead.Find(user);

    private Observed<UserMethods>.Seen? Behind(Guid user) => behind.Find(user);

    private static async Task<SpoolCursor?> CursorAsync(
        IStateStore state, string name, byte[] head, DateTimeOffset since, CancellationToken cancellationToken) =>
        await state.Spools.OpenAsync(name, cancellationToken) is { } stream
            ? SpoolCursor.Open(stream, state.Keys.FindSeal, head, since)
            : null;
}
