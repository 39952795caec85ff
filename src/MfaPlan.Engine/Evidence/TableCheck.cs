using MfaPlan.Core.Evidence;

namespace MfaPlan.Engine.Evidence;

/// <summary>Holds tables, line by line as they are worked out, against the files of a pack.</summary>
/// <param name="open">Opens a table; null where the pack has none that can be read.</param>
internal sealed class TableCheck(Func<string, Stream?> open) : IDisposable
{
    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);

    /// <summary>Takes the next line of a table.</summary>
    /// <param name="file">The table.</param>
    /// <param name="line">Without line end.</param>
    public void Add(string file, ReadOnlyMemory<byte> line)
    {
        if (!_tables.TryGetValue(file, out var table))
        {
            _tables[file] = table = new Table(open(file));
        }

        table.Compare(line);
    }

    /// <summary>The first line of each table that is another than it should be.</summary>
    public IEnumerable<EvidenceNote> End()
    {
        foreach (var (file, table) in _tables.OrderBy(static table => table.Key, StringComparer.Ordinal))
        {
            if (table.End() is { } at)
            {
                yield return new EvidenceNote(
                    EvidenceDiagnostics.TableWrong, EvidenceNote.At(file, at),
                    "The line is not what journal and change sets of the pack give. Those have a chain and digests; a table has none.");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var table in _tables.Values)
        {
            table.Dispose();
        }
    }

    private sealed class Table(Stream? stream) : IDisposable
    {
        private readonly IEnumerator<ReadOnlyMemory<byte>>? _lines = stream is null ? null : PackLines.Read(stream).GetEnumerator();
        private long _at;
        private long? _wrong;

        public void Compare(ReadOnlyMemory<byte> line)
        {
            if (_lines is null || _wrong is not null)
            {
                return;
            }

            _at++;
            if (!Next() || !_lines.Current.Span.SequenceEqual(line.Span))
            {
                _wrong = _at;
            }
        }

        public long? End() => _wrong ?? (_lines is not null && HasMore() ? _at + 1 : null);

        public void Dispose()
        {
            _lines?.Dispose();
            stream?.Dispose();
        }

        private bool Next()
        {
            try
            {
                return _lines!.MoveNext();
            }
            catch (FormatException)
            {
                return false;
            }
        }

        private bool HasMore()
        {
            try
            {
                return _lines!.MoveNext();
            }
            catch (FormatException)
            {
                return true;
            }
        }
    }
}
