using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources;

/// <summary>
/// Reads the file in which the author says who is who: column <c>entra</c> holds a user principal name or object id,
/// column <c>source</c> a username of the source.
/// </summary>
public static class OverridesCsv
{
    private const string EntraColumn = "entra";
    private const string SourceColumn = "source";

    /// <summary>
    /// Reads the file; a name that stands twice on either side is damage. One damaged row refuses the whole file: whom it meant would else be
    /// matched by the other rules, perhaps to the very record that the author meant to keep away.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<Checked<OverridesTable>> ReadAsync(InputFile file, CancellationToken cancel)
    {
        var log = new RowLog(file);
        using var rows = new CsvRows(log, cancel);
        if (!await rows.OpenAsync(EntraColumn, SourceColumn))
        {
            return new(null, log.ToDiagnostics());
        }

        rows.ReportUnknownColumns([EntraColumn, SourceColumn]);
        var firstOfEntra = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var firstOfSource = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var overrides = new List<MatchOverride>();
        while (await rows.NextAsync())
        {
            var entra = rows.Cell(rows.IndexOf(EntraColumn)).Trim();
            var source = rows.Cell(rows.IndexOf(SourceColumn)).Trim();
            if (entra.Length == 0 || source.Length == 0)
            {
                var empty = entra.Length == 0 ? EntraColumn : SourceColumn;
                log.Damaged(SourceDiagnostics.CellEmptyAt(file.Path, rows.Row, empty));
            }
            else
            {
                overrides.Add(new MatchOverride(rows.Row, new PersonalName(entra), new PersonalName(source)));
            }

            ReportTwice(firstOfEntra, entra, EntraColumn);
            ReportTwice(firstOfSource, source, SourceColumn);
        }

        if (log.DamagedRows > 0)
        {
            log.OfFile(SourceDiagnostics.OverridesOfNobodyAt(file.Path, log.DamagedRows));
            return new(null, log.ToDiagnostics());
        }

        return log.Checked(() => new OverridesTable([.. overrides], rows.Sha256));

        void ReportTwice(Dictionary<string, long> firstRows, string name, string column)
        {
            if (name.Length > 0 && !firstRows.TryAdd(name, rows.Row))
            {
                var first = firstRows[name];
                log.Damaged(SourceDiagnostics.DuplicateAt(file.Path, rows.Row, first, column), first);
            }
        }
    }
}
