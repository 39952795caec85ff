using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Tokens;

/// <summary>Reads the CSV that Entra takes for an upload, and the same without owners, as vendors send it.</summary>
/// <param name="file">The file.</param>
/// <param name="columns">The headings, where they differ from Entra's.</param>
/// <seealso href="https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-upload-oath-tokens"/>
public sealed class TokenCsv(InputFile file, TokenColumns? columns = null) : ITokenSource
{
    private readonly TokenColumns _names = columns ?? new TokenColumns();

    /// <inheritdoc/>
    public async Task<Checked<TokenTable>> ReadAsync(CancellationToken cancel)
    {
        var log = new RowLog(file);
        using var rows = new CsvRows(log, cancel, ignoreSeparators: true);
        if (!await rows.OpenAsync(_names.Serial, _names.Secret))
        {
            return new(null, log.ToDiagnostics());
        }

        var seeds = new List<TokenSeed>();
        while (await rows.NextAsync())
        {
            if (Read(rows, log) is { } seed)
            {
                seeds.Add(seed);
            }
        }

        return log.Checked(() => TokenTable.Of(log, seeds, rows.Sha256));
    }

    private TokenSeed? Read(CsvRows rows, RowLog log)
    {
        var serial = Cell(rows, _names.Serial);
        var text = Cell(rows, _names.Secret);
        if (serial.Length == 0 || text.Length == 0)
        {
            var empty = serial.Length == 0 ? _names.Serial : _names.Secret;
            log.Damaged(SourceDiagnostics.CellEmptyAt(file.Path, rows.Row, empty));
            return null;
        }

        if (!TokenWords.TrySeed(text, _names.Encoding, out var secret))
        {
            log.Damaged(TokenDiagnostics.SeedTextAt(file.Path, rows.Row, TokenWords.Name(_names.Encoding)));
            return null;
        }

        if (!TokenWords.TryNumber(Cell(rows, _names.Interval), TokenWords.DefaultInterval, out var interval))
        {
            log.Damaged(SourceDiagnostics.CellValueAt(
                file.Path, rows.Row, _names.Interval, "a number of seconds, such as 30 or 60"));
            return null;
        }

        if (!TokenWords.TryNumber(Cell(rows, _names.Digits), TokenWords.DefaultDigits, out var digits))
        {
            log.Damaged(SourceDiagnostics.CellValueAt(
                file.Path, rows.Row, _names.Digits, "a number of digits, such as 6"));
            return null;
        }

        return new TokenSeed(
            rows.Row,
            serial,
            secret,
            TokenWords.OrNull(Cell(rows, _names.Manufacturer)),
            TokenWords.OrNull(Cell(rows, _names.Model)),
            interval,
            digits,
            TokenWords.Algorithm(Cell(rows, _names.Algorithm)),
            TokenKind.Totp,
            TokenWords.Owner(Cell(rows, _names.Upn)));
    }

    private static string Cell(CsvRows rows, string column) => rows.Cell(rows.IndexOf(column)).Trim();
}
