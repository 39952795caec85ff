using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Tokens;

/// <summary>
/// Reads what <c>pi-tokenjanitor … export --format csv</c> of privacyIDEA writes: no header, and rows of owner, serial,
/// key, type, digits and, for time-based tokens, the interval. The hash function is not in the rows.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="encoding">Hexadecimal, unless the export ran with <c>--b32</c>.</param>
/// <param name="algorithm">The hash function to take for all; privacyIDEA's own default is SHA-1.</param>
public sealed class PrivacyIdeaCsv(
    InputFile file, SeedEncoding encoding = SeedEncoding.Hex, TokenAlgorithm algorithm = TokenAlgorithm.Sha1)
    : ITokenSource
{
    /// <inheritdoc/>
    public async Task<Checked<TokenTable>> ReadAsync(CancellationToken cancel)
    {
        var log = new RowLog(file);
        var seeds = new List<TokenSeed>();
        using var lines = new TextLines(log);
        while (await lines.NextAsync(cancel))
        {
            if (string.IsNullOrWhiteSpace(lines.Line))
            {
                continue;
            }

            if (Read(lines.Line.Split(',', StringSplitOptions.TrimEntries), lines.Row, out var seed) is { } problem)
            {
                log.Damaged(problem);
            }
            else if (seed is not null)
            {
                seeds.Add(seed);
            }
        }

        if (seeds.Count > 0)
        {
            log.OfFile(TokenDiagnostics.AssumedAt(
                file.Path,
                $"The export of privacyIDEA does not name the hash function, so {Name(algorithm)} was taken for all "
                + "tokens. If some use another, export them as PSKC."));
        }

        return log.Checked(() => TokenTable.Of(log, seeds, lines.Sha256));
    }

    private static string Name(TokenAlgorithm algorithm) => algorithm switch
    {
        TokenAlgorithm.Sha1 => "SHA-1",
        TokenAlgorithm.Sha256 => "SHA-256",
        TokenAlgorithm.Sha512 => "SHA-512",
        TokenAlgorithm.Md5 => "MD5",
        _ => "none",
    };

    private Diagnostic? Read(string[] cells, long row, out TokenSeed? seed)
    {
        seed = null;
        if (cells.Length is < 5 or > 6)
        {
            return SourceDiagnostics.CellCountAt(file.Path, row, cells.Length, 6);
        }

        var kind = cells[3].ToUpperInvariant() switch
        {
            "TOTP" => TokenKind.Totp,
            "HOTP" => TokenKind.Hotp,
            _ => TokenKind.Other,
        };
        if (!TokenWords.TrySeed(cells[2], encoding, out var secret))
        {
            return TokenDiagnostics.SeedTextAt(file.Path, row, TokenWords.Name(encoding));
        }

        if (!TokenWords.TryNumber(cells[4], TokenWords.DefaultDigits, out var digits)
            || !TokenWords.TryNumber(cells.ElementAtOrDefault(5), TokenWords.DefaultInterval, out var interval))
        {
            return TokenDiagnostics.TokenFormAt(file.Path, row, "digits or interval is not a number");
        }

        var owner = cells[0] is "n/a" ? null : TokenWords.Owner(cells[0]);
        seed = new TokenSeed(
            row, TokenWords.OrNull(cells[1]), secret, null, null, interval, digits, algorithm, kind, owner);
        return null;
    }
}
