using MfaPlan.Core.Journals;

namespace MfaPlan.State.Journals;

/// <summary>
/// Reads a journal from its first line to its last good one. A bad last line ends it (<see cref="Tail"/>); a bad line
/// before others stops it with a <see cref="StateException"/>: what was durable once and is not any more cannot be
/// passed over. The bad last line of a segment is passed over where the next segment goes on from the good line before
/// it: then whoever wrote that saw it, and could not cut it.
/// </summary>
internal sealed class JournalScan(ISegments segments, JournalScan.Check check)
{
    /// <summary>Checks the next line and takes it in.</summary>
    /// <exception cref="JournalDamagedException">It is not the next line.</exception>
    public delegate void Check(ReadOnlySpan<byte> line);

    private StateException? _passed;

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
        foreach (var number in segments.Numbers())
        {
            using var reader = new SegmentReader(segments.OpenRead(number));
            Segment = number;
            Length = 0;
            LinesInSegment = 0;
            while (TryRead(reader, out var line))
            {
                if (!IsGood(reader, line))
                {
                    break;
                }

                yield return line;
                Length = reader.Position;
                LinesInSegment = reader.Lines;
            }

            if (reader.Rest.Length > 0 && Tail?.Segment != number)
            {
                End(reader, reader.Position, reader.Rest, tearable: true, null);
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
            throw DamagedSegment.At(Segment, reader.Lines + 1, reader.Position, exception.Message, null);
        }
    }

    private bool IsGood(SegmentReader reader, ReadOnlyMemory<byte> line)
    {
        try
        {
            check(line.Span);
            Tail = null;
            _passed = null;
            return true;
        }
        catch (JournalDamagedException) when (_passed is not null)
        {
            // What follows does not go on before the bad line, so the bad line was a good one once.
            throw _passed;
        }
        catch (JournalDamagedException exception)
        {
            // The end of file is looked for last: it moves the reader's buffer.
            byte[] bytes = [.. line.Span, (byte)'\n'];
            var tearable = exception.Damage == JournalDamage.BrokenChain && reader.AtEnd && !JournalLines.FollowsLostLine(bytes.AsSpan(0, bytes.Length - 1));
            End(reader, reader.LineStart, bytes, tearable, exception);
            return false;
        }
    }

    private void End(SegmentReader reader, long at, ReadOnlyMemory<byte> bytes, bool tearable, JournalDamagedException? exception)
    {
        var line = exception is null ? reader.Lines + 1 : reader.Lines;
        var damaged = DamagedSegment.At(Segment, line, at + (exception?.Offset ?? 0), exception?.Message ?? "The line has no end.", exception);

        // A crash tears one line. Where two begin, the line end between them is gone, and the first of them was
        // durable. And of two bad ends with nothing between them only one can be a crash's.
        if (!tearable || _passed is not null || bytes.Span.Count("{\"v\":"u8) > 1)
        {
            throw _passed ?? damaged;
        }

        _passed = damaged;
        Tail = new JournalTail(Segment, at, bytes.ToArray());
    }
}
