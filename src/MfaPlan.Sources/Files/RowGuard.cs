using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>
/// Stands between a file and the CSV parser, and lets through only lines that are whole rows: every cell either without
/// quotation marks or enclosed in them, and of bounded length. Without it one lost quotation mark makes a parser take the
/// rows up to the next one for a single cell, and a cell count may even agree. The price is that a cell cannot hold a line
/// break, which no export known here writes. Of a line that is held back only its end passes, so that the parser's line
/// numbers stay right.
/// </summary>
internal sealed class RowGuard(TextFile file, CancellationToken cancel) : TextReader
{
    /// <summary>The most characters of a row, all its cells together.</summary>
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

    /// <summary>The delimiter: comma, semicolon or tab, whichever the first line holds most of.</summary>
    public char Delimiter { get; private set; } = ',';

    /// <summary>Looks at the first line for the delimiter, without consuming it.</summary>
    public async Task FindDelimiterAsync()
    {
        await FillAsync();
        var text = _buffer.AsSpan(_start, _filled - _start);
        var end = text.IndexOfAny('\r', '\n');
        var line = text[..(end < 0 ? text.Length : end)];
        foreach (var delimiter in ";\t")
        {
            Delimiter = line.Count(delimiter) > line.Count(Delimiter) ? delimiter : Delimiter;
        }
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
        var length = text.IsEmpty ? 0 : LineLength(text, !_ended && text.Length <= MaxRow);
        if (length == 0)
        {
            return false;
        }

        var row = text[..length].TrimEnd("\r\n");
        var problem = length > MaxRow ? SourceDiagnostics.CellTooLongAt(file.Path, _line, CsvRows.MaxCell)
            : row.Contains('\0') ? SourceDiagnostics.NulAt(file.Path, _line)
            : row.Contains('"') && !IsWellQuoted(row, Delimiter) ? SourceDiagnostics.QuoteAt(file.Path, _line)
            : null;
        if (problem is null)
        {
            _vetted += length;
            _line++;
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

    private static bool IsWellQuoted(ReadOnlySpan<char> row, char delimiter)
    {
        while (true)
        {
            var length = row is ['"', ..] ? QuotedLength(row) : row.IndexOf(delimiter) is >= 0 and var end ? end : row.Length;
            if (length < 0 || (row is not ['"', ..] && row[..length].Contains('"')))
            {
                return false;
            }

            if (length == row.Length)
            {
                return true;
            }

            if (row[length] != delimiter)
            {
                return false;
            }

            row = row[(length + 1)..];
        }
    }

    /// <summary>The length of the quoted cell that the row begins with; -1 when it is not closed.</summary>
    private static int QuotedLength(ReadOnlySpan<char> row)
    {
        for (var i = 1; i < row.Length; i++)
        {
            if (row[i] == '"')
            {
                if (i + 1 == row.Length || row[i + 1] != '"')
                {
                    return i + 1;
                }

                i++;
            }
        }

        return -1;
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
