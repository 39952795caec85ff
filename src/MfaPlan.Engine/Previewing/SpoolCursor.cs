using MfaPlan.Core.Sealing;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Previewing;

/// <summary>Goes once through a note in order of object id, asked for ids in that order; nothing is held but the line under it.</summary>
internal sealed class SpoolCursor : IDisposable
{
    private readonly Stream _stream;
    private readonly IEnumerator<ReadOnlyMemory<byte>> _lines;
    private readonly DateTimeOffset _since;
    private (Guid User, Observed<UserMethods>.Seen Seen)? _next;

    private SpoolCursor(Stream stream, IEnumerator<ReadOnlyMemory<byte>> lines, DateTimeOffset since)
    {
        _stream = stream;
        _lines = lines;
        _since = since;
        Advance();
    }

    /// <summary>Begins a note; null when it is not one of these terms. Owns the stream.</summary>
    /// <param name="stream">The sealed note.</param>
    /// <param name="keyFor">The keys.</param>
    /// <param name="head">The first line that the note must have.</param>
    /// <param name="since">Older reads are passed over.</param>
    public static SpoolCursor? Open(Stream stream, Func<string, SealKey?> keyFor, ReadOnlySpan<byte> head, DateTimeOffset since)
    {
        var lines = SealedBlockReader.ReadWhatIsWhole(stream, keyFor, SpoolHead.Kind).GetEnumerator();
        if (lines.MoveNext() && lines.Current.Span.SequenceEqual(head))
        {
            return new SpoolCursor(stream, lines, since);
        }

        lines.Dispose();
        stream.Dispose();
        return null;
    }

    /// <summary>What was read of a user; null when it is not in the note, or too old.</summary>
    /// <param name="user">Larger than the one asked for before.</param>
    public Observed<UserMethods>.Seen? Find(Guid user)
    {
        while (_next is { } next && next.User.CompareTo(user) < 0)
        {
            Advance();
        }

        return _next is { } found && found.User == user && found.Seen.At >= _since ? found.Seen : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        _stream.Dispose();
    }

    private void Advance() => _next = _lines.MoveNext() ? ObservedJson.Read(_lines.Current.Span) : null;
}
