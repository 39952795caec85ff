using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>
/// What was noticed in one file: everything about the file, and of the damaged rows the first hundred in words.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class RowLog(InputFile file)
{
    private const int InWords = 100;

    private readonly List<Diagnostic> _ofFile = [];
    private readonly List<Diagnostic> _ofRows = [];
    private readonly HashSet<long> _damaged = [];
    private int _covered;

    /// <summary>The file.</summary>
    public InputFile File => file;

    /// <summary>The file's path as the plan gives it.</summary>
    public string Path => file.Path;

    /// <summary>How many rows are damaged, told or not.</summary>
    public int DamagedRows => _damaged.Count;

    /// <summary>Whether the file as a whole cannot be used.</summary>
    public bool IsFatal => _ofFile.Exists(static diagnostic => diagnostic.Descriptor.Severity == Severity.Error);

    /// <summary>Notes something about the file.</summary>
    public void OfFile(Diagnostic diagnostic) => _ofFile.Add(diagnostic);

    /// <summary>Notes something about a row that is used all the same.</summary>
    public void OfRow(Diagnostic diagnostic)
    {
        if (_ofRows.Count < InWords)
        {
            _ofRows.Add(diagnostic);
        }
    }

    /// <summary>Notes that a row is damaged; a row counts once, however often it is named.</summary>
    /// <param name="diagnostic">What is wrong; it points at a row.</param>
    /// <param name="also">Another row that is damaged by the same.</param>
    public void Damaged(Diagnostic diagnostic, long? also = null)
    {
        if (diagnostic.Location is Location.InRow place)
        {
            _damaged.Add(place.Row);
        }

        if (also is { } other)
        {
            _damaged.Add(other);
        }

        if (_ofRows.Count < InWords)
        {
            _ofRows.Add(diagnostic);
            _covered = _damaged.Count;
        }
    }

    /// <summary>Whether a row is damaged.</summary>
    public bool IsDamaged(long row) => _damaged.Contains(row);

    /// <summary>All that is to be told: the file first, then rows in order, then how many more there are.</summary>
    public ImmutableArray<Diagnostic> ToDiagnostics()
    {
        var more = _damaged.Count - _covered;
        return more > 0 ? [.. _ofFile, .. _ofRows, SourceDiagnostics.MoreRowsAt(Path, more)] : [.. _ofFile, .. _ofRows];
    }

    /// <summary>What was read, with all that is to be told; nothing was read where the file cannot be used.</summary>
    /// <param name="value">Makes the value.</param>
    public Checked<T> Checked<T>(Func<T> value)
        where T : class => new(IsFatal ? null : value(), ToDiagnostics());
}
