using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>The words that a column may hold, case and spaces around a plus aside.</summary>
internal sealed class Words<T>
{
    private readonly Dictionary<string, T> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly T _absent;
    private readonly string _allowed;

    public Words(string column, T absent, string allowed, params ReadOnlySpan<(string Word, T Value)> words)
    {
        Column = column;
        _absent = absent;
        _allowed = allowed;
        foreach (var (word, value) in words)
        {
            _values.Add(word, value);
        }
    }

    public string Column { get; }

    /// <summary>Understands a cell; a column that is not in the file has its own meaning.</summary>
    public T Read(CsvRows rows, int column, string path, ref Diagnostic? problem)
    {
        if (column < 0)
        {
            return _absent;
        }

        var cell = rows.Cell(column);
        if (_values.TryGetValue(cell, out var value) || _values.TryGetValue(Plain(cell), out value))
        {
            return value;
        }

        problem ??= SourceDiagnostics.CellValueAt(path, rows.Row, Column, _allowed);
        return _absent;
    }

    private static string Plain(string cell) =>
        string.Join('+', cell.Split('+', StringSplitOptions.TrimEntries));
}
