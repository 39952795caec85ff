using MfaPlan.Core.Journals;

namespace MfaPlan.State.Journals;

/// <summary>
/// Reads a journal from its first line to its last good one. A bad last line ends it (<see cref="Tail"/>); a bad line
/// before others stops it with a <see cref="StateException"/>: what was durable once and is not any more cannot be
/// passed over.
/// </summary>
internal sealed class JournalScan(JournalFolder folder, JournalScan.Check check)
{
    /// <summary>Checks the next line and takes it in.</summary>
    /// <exception cref="JournalDamagedException">It is not the next line.</exception>
    public delegate void Check(ReadOnlySpan<byte> line);

    /// <summary>The last segment's number; 0 when there is none.</summary>
    public int Segment { get; private set; }

    /// <summary>Bytes of the last segment up to its last good line.</summary>
    public long Length { get; private set; }

    /// <summary>Good lines of the last segment.</summary>
    public int LinesInSegment { get; private set; }

    /// <summary>The bad last line; null when there is none.</summary>
    public JournalTail? Tail { get; private set; }

    /// <summary>Reads to the end.</summary>
    public JournalScan ToEnd(CancellationToken cancellationToken)
    {
        foreach (var _ in Lines())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return this;
    }

    /// <summary>The good lines, without line ends. A line's bytes are valid until the next is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        var segments = folder.Segments();
        foreach (var number in segments)
        {
            using var reader = new SegmentReader(folder.PathOf(number));
            Segment = number;
            Length = 0;
            LinesInSegment = 0;
            while (TryRead(reader, out var line))
            {
                if (!IsGood(reader, line, isLast: number == segments.Length))
                {
                    yield break;
                }

                yield return line;
                Length = reader.Position;
                LinesInSegment = reader.Lines;
            }

            if (reader.Rest.Length > 0)
            {
                End(reader, reader.Position, reader.Rest, number == segments.Length, null);
            }
        }
    }

    private bool TryRead(SegmentReader reader, out ReadOnlyMemory<byte> line)
    {
        try
        {
            return reader.TryRead(out line);
        }
        catch (InvalidDataException exception)
        {
            throw JournalFolder.Damaged(Segment, reader.Lines + 1, reader.Position, exception.Message, null);
        }
    }

    private bool IsGood(SegmentReader reader, ReadOnlyMemory<byte> line, bool isLast)
    {
        try
        {
            check(line.Span);
            return true;
        }
        catch (JournalDamagedException exception)
        {
            // The end of file is looked for last: it moves the reader's buffer.
            byte[] bytes = [.. line.Span, (byte)'\n'];
            var tearable = isLast && exception.Damage == JournalDamage.BrokenChain && reader.AtEnd;
            End(reader, reader.LineStart, bytes, tearable, exception);
            return false;
        }
    }

    private void End(SegmentReader reader, long at, ReadOnlyMemory<byte> bytes, bool tearable, JournalDamagedException? exception)
    {
        // A crash tears one line. Where two begin, the line end between them is gone, and the first of them was
        // durable.
        if (!tearable || bytes.Span.Count("{\"v\":"u8) > 1)
        {
            var line = exception is null ? reader.Lines + 1 : reader.Lines;
            var what = exception?.Message ?? "The line has no end.";
            throw JournalFolder.Damaged(Segment, line, at + (exception?.Offset ?? 0), what, exception);
        }

        Tail = new JournalTail(Segment, at, bytes.ToArray());
    }
}
