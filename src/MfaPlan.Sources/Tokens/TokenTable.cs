using System.Collections.Immutable;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Tokens;

/// <summary>The tokens of one source.</summary>
/// <param name="Seeds">In order of row; not yet judged by <see cref="TokenEligibility"/>.</param>
/// <param name="DamagedRows">Entries that were not read; the diagnostics name the first hundred and count the rest.</param>
/// <param name="Inputs">SHA-256 (hex) of every file that was read, by its path.</param>
public sealed record TokenTable(
    ImmutableArray<TokenSeed> Seeds, int DamagedRows, ImmutableSortedDictionary<string, string> Inputs)
{
    /// <summary>The tokens of a single file.</summary>
    internal static TokenTable Of(RowLog log, IEnumerable<TokenSeed> seeds, string sha256) => new(
        [.. seeds],
        log.DamagedRows,
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).SetItem(log.Path, sha256));
}
