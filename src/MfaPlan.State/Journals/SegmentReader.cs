namespace MfaPlan.State.Journals;

/// <summary>Reads a segment's lines forward while somebody may be appending to it.</summary>
/// <param name="stream">The segment; owned from now on.</param>
internal sealed class SegmentReader(Stream stream) : IDisposable
{
    /// <summary>No line is longer; what is, is none.</summary>
    public const int LongestLine = 4 * 1024 * 1024;

    private const int FirstBuffer = 256 * 1024;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;

    /// <summary>Where the line that was read last begins, in bytes.</summary>
    public long LineStart { get; private set; }

    /// <summary>How many lines were read.</summary>
    public int Lines { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public long Position { get; private set; }

    /// <summary>What stands behind the last line end. Only when <see cref="TryRead"/> gave false.</summary>
    public ReadOnlyMemory<byte> Rest => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Whether nothing stands behind the line that was read last.</summary>
    public bool AtEnd => _start == _end && !Fill();

    /// <summary>The next line that has an end, without it; its bytes are valid until the next read.</summary>
    /// <exception cref="InvalidDataException">What stands there is too long for a line.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = _buffer.AsMemory(_start, searched + at);
                LineStart = Position;
                Position += line.Length + 1;
                _start += line.Length + 1;
                Lines++;
                return true;
            }

            searched = _end - _start;
            if (searched > LongestLine)
            {
                throw new InvalidDataException("No line is as long as this.");
            }

            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
