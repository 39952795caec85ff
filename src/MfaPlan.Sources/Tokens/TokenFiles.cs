using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Sources.Tokens;

/// <summary>Reads the token files of a plan.</summary>
public static class TokenFiles
{
    /// <summary>Reads every file once, and tells the problems of all together.</summary>
    /// <param name="files">Each file with the name that its tokens are to bear.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>
    /// The tokens in order of file and row with every file's hash, or errors about a file as a whole. Damaged entries are not counted
    /// with the damaged rows of users: nobody is lost with them but a token.
    /// </returns>
    public static async Task<Checked<TokensRead>> ReadAsync(IEnumerable<(string Name, TokenFile File)> files, CancellationToken cancel)
    {
        var tokens = ImmutableArray.CreateBuilder<SourceToken>();
        var inputs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var whole = true;
        foreach (var (name, file) in files)
        {
            var read = await file.ToSource().ReadAsync(cancel);
            diagnostics.AddRange(read.Diagnostics);
            if (read.Value is not { } table)
            {
                whole = false;
                continue;
            }

            tokens.AddRange(table.Seeds.Select(seed => new SourceToken(name, seed)));
            inputs.AddRange(table.Inputs.Where(input => !inputs.ContainsKey(input.Key)));
            var nobodys = table.Seeds.Count(static seed => seed.Owner is null);
            if (nobodys > 0)
            {
                diagnostics.Add(TokenDiagnostics.WithoutOwnerAt(file.File.Path, nobodys));
            }
        }

        return new(whole ? new TokensRead(tokens.ToImmutable(), inputs.ToImmutable()) : null, diagnostics.ToImmutable());
    }
}

/// <summary>The tokens of all files of a plan.</summary>
/// <param name="Tokens">In order of file and row.</param>
/// <param name="Inputs">SHA-256 (hex) of every file that was read, by its path.</param>
public sealed record TokensRead(ImmutableArray<SourceToken> Tokens, ImmutableSortedDictionary<string, string> Inputs);
