using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Tokens;

/// <summary>
/// Reads <c>users.oath</c> of oath-toolkit: lines of type, user, PIN and hexadecimal seed. Types are <c>HOTP</c>,
/// <c>HOTP/E</c> and <c>HOTP/E/6</c> for a counter, <c>HOTP/T30</c> and <c>HOTP/T60/8</c> for time. PINs are never
/// taken.
/// </summary>
/// <param name="file">The file.</param>
/// <seealso href="https://www.nongnu.org/oath-toolkit/pam_oath.html"/>
public sealed class OathUsersFile(InputFile file) : ITokenSource
{
    /// <inheritdoc/>
    public async Task<Checked<TokenTable>> ReadAsync(CancellationToken cancel)
    {
        var log = new RowLog(file);
        var seeds = new List<TokenSeed>();
        using var lines = new TextLines(log);
        while (await lines.NextAsync(cancel))
        {
            var line = lines.Line.Trim();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (Read(words, lines.Row, out var seed) is { } problem)
            {
                log.Damaged(problem);
            }
            else if (seed is not null)
            {
                seeds.Add(seed);
            }
        }

        return log.Checked(() => TokenTable.Of(log, seeds, lines.Sha256));
    }

    private Diagnostic? Read(string[] words, long row, out TokenSeed? seed)
    {
        seed = null;
        if (words.Length < 4)
        {
            return TokenDiagnostics.TokenFormAt(file.Path, row, "it has fewer than the four words type, user, PIN and seed");
        }

        var type = words[0].Split('/');
        var isTime = type.ElementAtOrDefault(1) is ['T', ..];
        if (type[0] != "HOTP" || type.Length > 3 || (!isTime && type.Length > 1 && type[1] != "E"))
        {
            return TokenDiagnostics.TokenFormAt(
                file.Path, row, "its type is none of HOTP, HOTP/E and HOTP/T followed by seconds");
        }

        if (!TokenWords.TryNumber(isTime ? type[1][1..] : null, TokenWords.DefaultInterval, out var interval)
            || !TokenWords.TryNumber(type.ElementAtOrDefault(2), TokenWords.DefaultDigits, out var digits))
        {
            return TokenDiagnostics.TokenFormAt(file.Path, row, "interval or digits is not a number");
        }

        if (!TokenWords.TrySeed(words[3], SeedEncoding.Hex, out var secret))
        {
            return TokenDiagnostics.SeedTextAt(file.Path, row, TokenWords.Name(SeedEncoding.Hex));
        }

        seed = new TokenSeed(
            row, null, secret, null, null, interval, digits, TokenAlgorithm.Sha1,
            isTime ? TokenKind.Totp : TokenKind.Hotp, TokenWords.Owner(words[1]));
        return null;
    }
}
