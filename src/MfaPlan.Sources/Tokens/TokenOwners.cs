using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Tokens;

/// <summary>
/// Joins the seeds of a source with a CSV file that says who holds which token (<c>serial,username</c>). What that file
/// says wins over an owner in the seed file, because it is the newer of the two and written for this plan. A token whose row there is damaged
/// or stands twice has no owner then, whatever the seed file says; and where a damaged row does not show its token, no token has that the file
/// does not name.
/// </summary>
/// <param name="tokens">Where the seeds are.</param>
/// <param name="file">The owners file.</param>
public sealed class TokenOwners(ITokenSource tokens, InputFile file) : ITokenSource
{
    private const string SerialColumn = "serial";
    private const string UsernameColumn = "username";

    /// <inheritdoc/>
    public async Task<Checked<TokenTable>> ReadAsync(CancellationToken cancel)
    {
        var seeds = await tokens.ReadAsync(cancel);
        var log = new RowLog(file);
        using var rows = new CsvRows(log, cancel);
        var damaged = new DamagedNames(log);
        var owners = await rows.OpenAsync(SerialColumn, UsernameColumn) ? await ReadAsync(rows, damaged, log) : [];
        if (seeds.Succeeded)
        {
            var serials = seeds.Value.Seeds.Select(static seed => seed.Serial ?? "");
            var left = owners.Keys.Except(serials, StringComparer.OrdinalIgnoreCase).Count();
            if (left > 0)
            {
                log.OfFile(TokenDiagnostics.OwnersWithoutSeedAt(file.Path, left));
            }
        }

        ImmutableArray<Diagnostic> diagnostics = [.. seeds.Diagnostics, .. log.ToDiagnostics()];
        return !seeds.Succeeded || log.IsFatal
            ? new(null, diagnostics)
            : new(
                seeds.Value with
                {
                    Seeds = [.. seeds.Value.Seeds.Select(seed => seed with { Owner = OwnerOf(seed) })],
                    DamagedRows = seeds.Value.DamagedRows + log.DamagedRows,
                    Inputs = seeds.Value.Inputs.SetItem(file.Path, rows.Sha256),
                },
                diagnostics);

        PersonalName? OwnerOf(TokenSeed seed) =>
            owners.TryGetValue(seed.Serial ?? "", out var owner) ? owner
            : damaged.RowOf(seed.Serial ?? "") is not null || damaged.WithoutName > 0 ? null
            : seed.Owner;
    }

    private async Task<Dictionary<string, PersonalName>> ReadAsync(CsvRows rows, DamagedNames damaged, RowLog log)
    {
        var firstRows = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var owners = new Dictionary<string, PersonalName>(StringComparer.OrdinalIgnoreCase);
        while (await rows.NextAsync())
        {
            var serial = rows.Cell(rows.IndexOf(SerialColumn)).Trim();
            var username = rows.Cell(rows.IndexOf(UsernameColumn)).Trim();
            if (serial.Length == 0 || username.Length == 0)
            {
                var empty = serial.Length == 0 ? SerialColumn : UsernameColumn;
                log.Damaged(SourceDiagnostics.CellEmptyAt(file.Path, rows.Row, empty));
                damaged.Add(serial, rows.Row);
                owners.Remove(serial);
            }
            else if (!firstRows.TryAdd(serial, rows.Row))
            {
                var first = firstRows[serial];
                log.Damaged(SourceDiagnostics.DuplicateAt(file.Path, rows.Row, first, SerialColumn), first);
                damaged.Add(serial, rows.Row);
                damaged.Add(serial, first);
                owners.Remove(serial);
            }
            else if (damaged.RowOf(serial) is null)
            {
                owners.Add(serial, new PersonalName(username));
            }
        }

        return owners;
    }
}
