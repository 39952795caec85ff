using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>
/// The names of which a row is damaged, in files where a user may have several rows: what the others say is not all that the source has of the
/// user, and a phone that was not read must not pass for none. The names of an owners file are serial numbers.
/// </summary>
/// <param name="log">Names the file, and takes its problems.</param>
internal sealed class DamagedNames(RowLog log)
{
    private readonly Dictionary<string, long> _rows = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<long> _named = [];

    /// <summary>How many of the rows that are damaged so far do not show whose they are.</summary>
    public int WithoutName => log.DamagedRows - _named.Count;

    /// <summary>Notes whose a damaged row is, where it can be told.</summary>
    /// <param name="name">The name; nothing is noted where it is null or blank.</param>
    /// <param name="row">The row, which the log has as damaged.</param>
    public void Add(string? name, long row)
    {
        if (!string.IsNullOrWhiteSpace(name))
        {
            _rows.TryAdd(name.Trim(), row);
            _named.Add(row);
        }
    }

    /// <summary>Notes the rows of users as damaged who have a damaged row besides.</summary>
    /// <param name="users">The users that were read.</param>
    public void LeaveOut(IEnumerable<SourceUser> users)
    {
        foreach (var user in _rows.Count == 0 ? [] : users)
        {
            if (RowOf(user.Username.Reveal()) is { } damaged && !log.IsDamaged(user.Row))
            {
                log.Damaged(SourceDiagnostics.UserDamagedAt(log.Path, user.Row, damaged));
            }
        }
    }

    /// <summary>A damaged row of a name; null where there is none.</summary>
    public long? RowOf(string name) => _rows.TryGetValue(name, out var row) ? row : null;

    /// <summary>
    /// Refuses a file in which users have several rows and some damaged ones do not show whose they are: any user may lack one of them.
    /// </summary>
    public void RefuseWithoutName()
    {
        if (WithoutName > 0)
        {
            log.OfFile(SourceDiagnostics.RowsOfNobodyAt(log.Path, WithoutName));
        }
    }
}
