using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Tokens;

/// <summary>
/// Reads a text file with one URI a line: <c>otpauth://</c> for one account, or <c>otpauth-migration://</c> as the
/// codes that Google Authenticator shows when a user exports it. Blank lines and lines with <c>#</c> are passed over.
/// </summary>
/// <param name="file">The file.</param>
/// <seealso href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format"/>
public sealed class OtpauthFile(InputFile file) : ITokenSource
{
    private const string MigrationPrefix = "otpauth-migration://offline?";

    private static readonly ImmutableArray<string> ReadParameters = ["secret", "algorithm", "digits", "period", "data"];

    /// <inheritdoc/>
    public async Task<Checked<TokenTable>> ReadAsync(CancellationToken cancel)
    {
        var log = new RowLog(file);
        var seeds = new List<TokenSeed>();
        var batches = new SortedDictionary<long, (int Id, HashSet<int> Found, int Expected)>();
        using var lines = new TextLines(log);
        while (await lines.NextAsync(cancel))
        {
            var line = lines.Line.Trim();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            if (line.StartsWith(MigrationPrefix, StringComparison.OrdinalIgnoreCase))
            {
                ReadMigration(line, lines.Row, seeds, batches, log);
            }
            else if (Read(line, lines.Row, log) is { } seed)
            {
                seeds.Add(seed);
            }
        }

        foreach (var (row, batch) in batches.Where(static batch => batch.Value.Found.Count < batch.Value.Expected))
        {
            log.OfRow(TokenDiagnostics.BatchIncompleteAt(file.Path, row, batch.Found.Count, batch.Expected));
        }

        return log.Checked(() => TokenTable.Of(log, seeds, lines.Sha256));
    }

    private void ReadMigration(
        string line,
        long row,
        List<TokenSeed> seeds,
        SortedDictionary<long, (int Id, HashSet<int> Found, int Expected)> batches,
        RowLog log)
    {
        var values = Parameters(line, out var twice);
        if (twice is not null)
        {
            log.Damaged(TwiceAt(row, twice));
            return;
        }

        if (GoogleMigration.Read(values.GetValueOrDefault("data", ""), row) is not { } part)
        {
            log.Damaged(TokenDiagnostics.TokenFormAt(
                file.Path, row, "its data is not a complete export of Google Authenticator"));
            return;
        }

        var batch = batches.FirstOrDefault(
            batch => batch.Value.Id == part.BatchId && batch.Value.Expected == part.BatchSize);
        if (batch.Value.Found is null)
        {
            batches.Add(row, (part.BatchId, [part.BatchIndex], part.BatchSize));
        }
        else if (!batch.Value.Found.Add(part.BatchIndex))
        {
            return;
        }

        foreach (var reason in part.Refused)
        {
            log.Damaged(TokenDiagnostics.TokenFormAt(file.Path, row, reason));
        }

        seeds.AddRange(part.Seeds);
    }

    private TokenSeed? Read(string line, long row, RowLog log)
    {
        var problem = TryRead(line, row, out var seed);
        if (problem is not null)
        {
            log.Damaged(problem);
        }

        return seed;
    }

    private Diagnostic? TryRead(string line, long row, out TokenSeed? seed)
    {
        seed = null;
        var kind = line.StartsWith("otpauth://totp/", StringComparison.OrdinalIgnoreCase) ? TokenKind.Totp
            : line.StartsWith("otpauth://hotp/", StringComparison.OrdinalIgnoreCase) ? TokenKind.Hotp
            : TokenKind.Other;
        if (kind == TokenKind.Other)
        {
            return TokenDiagnostics.TokenFormAt(file.Path, row, "it does not begin with otpauth://totp/ or otpauth://hotp/");
        }

        var values = Parameters(line, out var twice);
        if (twice is not null)
        {
            return TwiceAt(row, twice);
        }

        if (!TokenWords.TrySeed(values.GetValueOrDefault("secret", ""), SeedEncoding.Base32, out var secret))
        {
            return TokenDiagnostics.SeedTextAt(file.Path, row, TokenWords.Name(SeedEncoding.Base32));
        }

        if (!TokenWords.TryNumber(values.GetValueOrDefault("period"), TokenWords.DefaultInterval, out var interval)
            || !TokenWords.TryNumber(values.GetValueOrDefault("digits"), TokenWords.DefaultDigits, out var digits))
        {
            return TokenDiagnostics.TokenFormAt(file.Path, row, "period or digits is not a number");
        }

        var question = line.IndexOf('?', StringComparison.Ordinal);
        var label = line["otpauth://totp/".Length..(question < 0 ? line.Length : question)];
        var algorithm = TokenWords.Algorithm(values.GetValueOrDefault("algorithm"));
        seed = new TokenSeed(
            row, null, secret, null, null, interval, digits, algorithm, kind, AccountOf(Uri.UnescapeDataString(label)));
        return null;
    }

    /// <summary>The account of a label: what follows the issuer.</summary>
    internal static PersonalName? AccountOf(string label) =>
        TokenWords.Owner(label[(label.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    private Diagnostic TwiceAt(long row, string parameter) =>
        TokenDiagnostics.TokenFormAt(file.Path, row, $"its parameter {parameter} stands twice, so it is unclear which one holds");

    /// <summary>The parameters of a URI.</summary>
    /// <param name="line">The URI.</param>
    /// <param name="twice">A parameter that is read and stands twice; of others the first is kept, which nobody asks for.</param>
    private static Dictionary<string, string> Parameters(string line, out string? twice)
    {
        twice = null;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var question = line.IndexOf('?', StringComparison.Ordinal);
        foreach (var pair in question < 0 ? [] : line[(question + 1)..].Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !values.TryAdd(pair[..equals], Uri.UnescapeDataString(pair[(equals + 1)..])))
            {
                twice ??= ReadParameters.FirstOrDefault(name => name.Equals(pair[..equals], StringComparison.OrdinalIgnoreCase));
            }
        }

        return values;
    }
}
