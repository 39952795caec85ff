using System.Globalization;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources;

/// <summary>
/// Reads <c>cutOver.exceptions</c>: <c>user</c> holds a user principal name or object id, <c>owner</c> who answers for it, <c>reason</c> why, and
/// <c>expires</c> a day as yyyy-mm-dd, from which on it counts no more.
/// </summary>
public static class CutOverExceptionsCsv
{
    private const string User = "user";
    private const string Owner = "owner";
    private const string Reason = "reason";
    private const string Expires = "expires";

    private static readonly string[] Columns = [User, Owner, Reason, Expires];

    /// <summary>Reads the file; a row that lacks something accepts nobody, and a user who stands twice is accepted by neither row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<Checked<CutOverExceptionsTable>> ReadAsync(InputFile file, CancellationToken cancel)
    {
        var log = new RowLog(file);
        using var rows = new CsvRows(log, cancel);
        if (!await rows.OpenAsync(Columns))
        {
            return new(null, log.ToDiagnostics());
        }

        rows.ReportUnknownColumns(Columns);
        var first = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var exceptions = new List<AcceptedUser>();
        while (await rows.NextAsync())
        {
            var cells = Columns.Select(column => rows.Cell(rows.IndexOf(column)).Trim()).ToArray();
            if (Array.FindIndex(cells, static cell => cell.Length == 0) is >= 0 and var empty)
            {
                log.Damaged(SourceDiagnostics.CellEmptyAt(file.Path, rows.Row, Columns[empty]));
            }
            else if (!DateOnly.TryParseExact(cells[3], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires))
            {
                log.Damaged(SourceDiagnostics.CellValueAt(file.Path, rows.Row, Expires, "a day such as 2027-01-31"));
            }
            else
            {
                exceptions.Add(new AcceptedUser(rows.Row, new PersonalName(cells[0]), new PersonalName(cells[1]), cells[2], expires));
            }

            if (cells[0].Length > 0 && !first.TryAdd(cells[0], rows.Row))
            {
                log.Damaged(SourceDiagnostics.DuplicateAt(file.Path, rows.Row, first[cells[0]], User), first[cells[0]]);
            }
        }

        return log.Checked(() => new CutOverExceptionsTable([.. exceptions.Where(row => !log.IsDamaged(row.Row))], rows.Sha256));
    }
}
