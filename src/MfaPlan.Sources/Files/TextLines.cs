using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>The lines of a text file, one at a time and of bounded length.</summary>
/// <param name="log">Names the file, and takes its problems.</param>
internal sealed class TextLines(RowLog log) : IDisposable
{
    /// <summary>The most characters of a line. An export of Google Authenticator has a few thousand.</summary>
    public const int MaxLine = 1 << 17;

    private readonly TextFile _file = new(log.File);
    private char[] _buffer = [];
    private int _start;
    private int _filled;
    private bool _ended;

    /// <summary>The number of the current line, from 1.</summary>
    public long Row { get; private set; }

    /// <summary>The current line without its end.</summary>
    public string Line { get; private set; } = "";

    /// <summary>The hash of the file's bytes, in lower-case hex; asked for once, after the last line.</summary>
    public string Sha256 => _file.Sha256();

    /// <summary>Moves to the next line that can be read; false at the end, and when the file breaks off.</summary>
    public async Task<bool> NextAsync(CancellationToken cancel)
    {
        while (await AdvanceAsync(cancel) is { } length)
        {
            if (length > MaxLine)
            {
                log.Damaged(SourceDiagnostics.CellTooLongAt(log.Path, Row, MaxLine));
            }
            else if (Line.Contains('\0', StringComparison.Ordinal))
            {
                log.Damaged(SourceDiagnostics.NulAt(log.Path, Row));
            }
            else
            {
                return true;
            }
        }

        if (_file.Problem is { } problem)
        {
            log.OfFile(problem);
        }
        else if (Row == 0)
        {
            log.OfFile(SourceDiagnostics.EmptyAt(log.Path));
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>
    /// Takes a line from the buffer; its length, of which no more than the limit is kept, or null at the end.
    /// </summary>
    private async Task<long?> AdvanceAsync(CancellationToken cancel)
    {
        long dropped = 0;
        while (true)
        {
            var text = _buffer.AsMemory(_start, _filled - _start);
            var end = text.Span.IndexOfAny('\r', '\n');
            var isWhole = end >= 0 && (text.Span[end] == '\n' || end + 1 < text.Length || _ended);
            if (isWhole || _ended)
            {
                if (end < 0 && text.IsEmpty && dropped == 0)
                {
                    return null;
                }

                var length = end < 0 ? text.Length : end;
                Line = dropped + length > MaxLine ? "" : text.Span[..length].ToString();
                _start += end < 0 ? length : end + (text.Span[end..] is ['\r', '\n', ..] ? 2 : 1);
                Row++;
                return dropped + length;
            }

            if (end < 0 && text.Length > MaxLine)
            {
                dropped += text.Length;
                _start = _filled = 0;
            }

            await FillAsync(cancel);
        }
    }

    private async Task FillAsync(CancellationToken cancel)
    {
        if (_buffer.Length == 0)
        {
            _buffer = new char[MaxLine + (2 * _file.MaxRead)];
        }

        _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
        _filled -= _start;
        _start = 0;
        var count = await _file.ReadAsync(_buffer.AsMemory(_filled, _file.MaxRead), cancel);
        _filled += count;
        _ended = count == 0;
    }
}
