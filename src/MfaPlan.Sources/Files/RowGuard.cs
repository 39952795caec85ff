using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>
/// Stands between a file and the CSV parser, and lets through only rows whose quotation marks pair up within a bounded
/// length. Without it one lost quotation mark makes a parser swallow the rest of the file as a single cell. Of a row
/// that is held back only the line end passes, so the parser's line numbers stay right; reading goes on at the next
/// line.
/// </summary>
internal sealed class RowGuard(TextFile file, CancellationToken cancel) : TextReader
{
    /// <summary>The most characters of a row, all its cells and lines together.</summary>
    public const int MaxRow = 1 << 17;

    private readonly char[] _buffer = new char[MaxRow + (2 * file.MaxRead)];
    private int _start;
    private int _vetted;
    private int _filled;
    private long _line = 1;
    private bool _ended;
    private bool _skipping;

    /// <summary>The rows held back and not asked for yet, in order, by the line where each starts.</summary>
    public Queue<(long Line, Diagnostic Problem)> HeldBack { get; } = new();

    /// <summary>Gives the first line without consuming it; empty when the file is.</summary>
    public async Task<string> PeekFirstLineAsync()
    {
        await FillAsync();
        var text = _buffer.AsSpan(_start, _filled - _start);
        var end = text.IndexOfAny('\r', '\n');
        return text[..(end < 0 ? text.Length : end)].ToString();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (_start == _vetted)
        {
            if (!Vet() && !await FillAsync())
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, _vetted - _start);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(char[] buffer, int index, int count) =>
        ReadAsync(buffer.AsMemory(index, count), cancel).AsTask();

    private async Task<bool> FillAsync()
    {
        if (_ended)
        {
            return false;
        }

        _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
        _filled -= _start;
        _vetted -= _start;
        _start = 0;
        var count = await file.ReadAsync(_buffer.AsMemory(_filled, file.MaxRead), cancel);
        _filled += count;
        _ended = count == 0;
        return true;
    }

    /// <summary>Moves on over what is in the buffer.</summary>
    /// <returns>Whether anything was moved; if not, more text is needed.</returns>
    private bool Vet()
    {
        var before = (_start, _vetted, _skipping);
        while (Step())
        {
        }

        return before != (_start, _vetted, _skipping);
    }

    /// <summary>Vets one row; false when more text is needed, or when vetted text must be handed out first.</summary>
    private bool Step()
    {
        if (_skipping)
        {
            return Skip();
        }

        var text = _buffer.AsSpan(_vetted, _filled - _vetted);
        if (text.IsEmpty)
        {
            return false;
        }

        var mayGrow = !_ended && text.Length <= MaxRow;
        int length = 0, quotes = 0, lines = 0;
        do
        {
            var line = LineLength(text[length..], mayGrow);
            if (line == 0)
            {
                return false;
            }

            quotes += text.Slice(length, line).Count('"');
            length += line;
            lines += text[length - 1] is '\r' or '\n' ? 1 : 0;
        }
        while (quotes % 2 != 0 && length <= MaxRow && (length < text.Length || mayGrow));

        var problem = quotes % 2 != 0 ? SourceDiagnostics.QuoteAt(file.Path, _line)
            : length > MaxRow ? SourceDiagnostics.CellTooLongAt(file.Path, _line, CsvRows.MaxCell)
            : text[..length].Contains('\0') ? SourceDiagnostics.NulAt(file.Path, _line)
            : null;
        if (problem is null)
        {
            _vetted += length;
            _line += lines;
            return true;
        }

        if (_start < _vetted)
        {
            return false;
        }

        HeldBack.Enqueue((_line, problem));
        _skipping = true;
        return true;
    }

    /// <summary>Drops the rest of the line and vets its end; false when more text is needed.</summary>
    private bool Skip()
    {
        var text = _buffer.AsSpan(_start, _filled - _start);
        var end = text.IndexOfAny('\r', '\n');
        _start = _vetted = end < 0 ? _filled : _start + end;
        var length = end < 0 ? 0 : LineLength(text[end..], !_ended);
        _vetted += length;
        _line += length > 0 ? 1 : 0;
        _skipping = length == 0;
        return !_skipping;
    }

    /// <summary>The length of the first line with its end; 0 when more text is needed to tell, and may come.</summary>
    private static int LineLength(ReadOnlySpan<char> text, bool mayGrow)
    {
        var end = text.IndexOfAny('\r', '\n');
        return end < 0 ? (mayGrow ? 0 : text.Length)
            : text[end] == '\n' ? end + 1
            : end + 1 == text.Length ? (mayGrow ? 0 : end + 1)
            : text[end + 1] == '\n' ? end + 2 : end + 1;
    }
}
