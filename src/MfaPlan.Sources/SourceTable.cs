using System.Collections.Immutable;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources;

/// <summary>The users of one source.</summary>
/// <param name="Users">In order of row.</param>
/// <param name="DamagedRows">
/// Rows that were not read; the diagnostics name the first hundred and count the rest.
/// </param>
/// <param name="Inputs">SHA-256 (lower-case hex) of every file that was read, by its path in the plan.</param>
public sealed record SourceTable(
    ImmutableArray<SourceUser> Users, int DamagedRows, ImmutableSortedDictionary<string, string> Inputs)
{
    /// <summary>The users of one file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="users">In order of row.</param>
    /// <param name="damagedRows">Rows that were not read.</param>
    /// <param name="sha256">The hash of the file's bytes.</param>
    public static SourceTable Of(InputFile file, IEnumerable<SourceUser> users, int damagedRows, string sha256) => new(
        [.. users],
        damagedRows,
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(file.Path, sha256));
}
