using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>
/// The rows of a CSV file, one at a time, with cells found by the name of their column. Rows that cannot be trusted go
/// to the log and are passed over.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>The most characters of a cell: what Excel allows, and one more.</summary>
    public const int MaxCell = 32_768;

    private readonly TextFile _file;
    private readonly RowGuard _guard;
    private readonly RowLog _log;
    private readonly bool _ignoreSeparators;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];
    private CsvParser? _parser;
    private int _width;
    private long _charactersBefore;

    /// <summary>Prepares to read a file; <see cref="OpenAsync"/> comes first.</summary>
    /// <param name="log">Names the file, and takes its problems.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <param name="ignoreSeparators">Whether spaces, hyphens and underscores in headings do not count.</param>
    public CsvRows(RowLog log, CancellationToken cancel, bool ignoreSeparators = false)
    {
        _ignoreSeparators = ignoreSeparators;
        _log = log;
        _file = new TextFile(log.File);
        _guard = new RowGuard(_file, cancel);
    }

    /// <summary>The line where the current row starts, from 1.</summary>
    public long Row { get; private set; }

    /// <summary>The hash of the file's bytes, in lower-case hex; asked for once, after the last row.</summary>
    public string Sha256 => _file.Sha256();

    /// <summary>The names in the header, trimmed.</summary>
    public IReadOnlyCollection<string> Columns => _names;

    private CsvParser Parser => _parser ?? throw new InvalidOperationException("The file was not opened.");

    /// <summary>Opens the file and reads its header.</summary>
    /// <param name="required">The columns that must be there.</param>
    /// <returns>Whether rows can be read; if not, the log says why.</returns>
    public async Task<bool> OpenAsync(params IReadOnlyList<string> required)
    {
        await _guard.FindDelimiterAsync();
        _parser = new CsvParser(_guard, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = _guard.Delimiter.ToString(),
            HasHeaderRecord = false,
            IgnoreBlankLines = false,
            BufferSize = 1 << 16,
            BadDataFound = null,
        });

        var found = await AdvanceAsync();
        if (_file.Problem is { } broken)
        {
            _log.OfFile(broken);
        }
        else if (!found)
        {
            _log.OfFile(SourceDiagnostics.EmptyAt(_file.Path));
        }
        else
        {
            ReadHeader(required);
        }

        return !_log.IsFatal;
    }

    /// <summary>Says which columns of the file are not used.</summary>
    public void ReportUnknownColumns(IEnumerable<string> known)
    {
        var unknown = Columns.Except(known, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            _log.OfFile(SourceDiagnostics.ColumnsUnknownAt(_file.Path, unknown));
        }
    }

    /// <summary>Where a column stands, or -1.</summary>
    public int IndexOf(string column) => _columns.GetValueOrDefault(Key(column), -1);

    /// <summary>The cell of the current row under a column; empty when there is no such column.</summary>
    /// <param name="column">A value of <see cref="IndexOf"/>.</param>
    public string Cell(int column) => column < 0 ? "" : Parser[column];

    /// <summary>Moves to the next row that can be read; false at the end, and when the file breaks off.</summary>
    public async Task<bool> NextAsync()
    {
        while (await AdvanceAsync())
        {
            if (IsBlank())
            {
                continue;
            }

            if (ProblemOfRow() is { } problem)
            {
                _log.Damaged(problem);
                continue;
            }

            return true;
        }

        if (_file.Problem is { } broken)
        {
            _log.OfFile(broken);
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parser?.Dispose();
        _guard.Dispose();
        _file.Dispose();
    }

    private void ReadHeader(IReadOnlyList<string> required)
    {
        _width = Parser.Count;
        for (var i = 0; i < _width; i++)
        {
            var name = Parser[i].Trim();
            if (name.Length == 0)
            {
                continue;
            }

            _names.Add(name);
            if (!_columns.TryAdd(Key(name), i))
            {
                _log.OfFile(SourceDiagnostics.ColumnTwiceAt(_file.Path, _columns[Key(name)] + 1, i + 1));
            }
        }

        var missing = required.Where(name => !_columns.ContainsKey(Key(name))).ToList();
        if (missing.Count > 0)
        {
            _log.OfFile(SourceDiagnostics.ColumnsAt(_file.Path, missing));
        }
    }

    private string Key(string name) =>
        _ignoreSeparators ? string.Concat(name.Where(static c => c is not (' ' or '-' or '_'))) : name;

    private async Task<bool> AdvanceAsync()
    {
        Row = Parser.RawRow + 1;
        _charactersBefore = Parser.CharCount;
        var more = await Parser.ReadAsync();
        while (_guard.HeldBack.TryPeek(out var held) && (!more || held.Line <= Row))
        {
            _guard.HeldBack.Dequeue();
            _log.Damaged(held.Problem);
        }

        return more;
    }

    /// <summary>
    /// Blank lines are no rows: exports end with them, and the guard leaves one for each row it holds back.
    /// </summary>
    private bool IsBlank() => Parser.Count <= 1 && Parser.RawRecord.AsSpan().IsWhiteSpace();

    private Diagnostic? ProblemOfRow()
    {
        if (Parser.Count != _width)
        {
            return SourceDiagnostics.CellCountAt(_file.Path, Row, Parser.Count, _width);
        }

        for (var i = 0; i < _width && Parser.CharCount - _charactersBefore > MaxCell; i++)
        {
            if (Parser[i].Length > MaxCell)
            {
                return SourceDiagnostics.CellTooLongAt(_file.Path, Row, MaxCell);
            }
        }

        return null;
    }
}
