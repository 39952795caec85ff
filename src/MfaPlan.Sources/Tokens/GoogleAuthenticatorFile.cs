using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Tokens;

/// <summary>
/// Reads the file of one user of google-authenticator-libpam (<c>~/.google_authenticator</c>): the seed in the first
/// line, then options. Scratch codes are never taken.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="owner">Whose it is; without one the file's name is taken, as in <c>secret=/etc/…/${USER}</c>.</param>
/// <seealso href="https://github.com/google/google-authenticator-libpam/blob/master/FILEFORMAT"/>
public sealed class GoogleAuthenticatorFile(InputFile file, PersonalName? owner = null) : ITokenSource
{
    /// <inheritdoc/>
    public async Task<Checked<TokenTable>> ReadAsync(CancellationToken cancel)
    {
        var log = new RowLog(file);
        using var lines = new TextLines(log);
        Secret? secret = null;
        var interval = TokenWords.DefaultInterval;
        var (isHotp, isTotp) = (false, false);
        while (await lines.NextAsync(cancel))
        {
            if (lines.Row == 1)
            {
                if (!TokenWords.TrySeed(lines.Line, SeedEncoding.Base32, out secret))
                {
                    log.Damaged(TokenDiagnostics.SeedTextAt(file.Path, 1, TokenWords.Name(SeedEncoding.Base32)));
                }
            }
            else if (lines.Line.StartsWith("\" ", StringComparison.Ordinal))
            {
                var option = lines.Line[2..].Split(' ', 2, StringSplitOptions.TrimEntries);
                isHotp |= option[0] == "HOTP_COUNTER";
                isTotp |= option[0] == "TOTP_AUTH";
                if (option[0] == "STEP_SIZE"
                    && !TokenWords.TryNumber(option.ElementAtOrDefault(1), TokenWords.DefaultInterval, out interval))
                {
                    log.Damaged(TokenDiagnostics.TokenFormAt(file.Path, lines.Row, "STEP_SIZE is not a number of seconds"));
                    secret = null;
                }
            }
        }

        var name = Path.GetFileName(file.FullPath);
        var kind = isHotp ? TokenKind.Hotp : isTotp ? TokenKind.Totp : TokenKind.Other;
        var holder = owner ?? (name.StartsWith('.') ? null : TokenWords.Owner(name));
        TokenSeed[] seeds = secret is null
            ? []
            : [new TokenSeed(1, null, secret, null, null, interval, 6, TokenAlgorithm.Sha1, kind, holder)];
        return log.Checked(() => TokenTable.Of(log, seeds, lines.Sha256));
    }
}
