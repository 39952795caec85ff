using System.Collections.Immutable;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Sources.Tokens;

/// <summary>The tokens of one file.</summary>
/// <param name="Seeds">In order of row; not yet judged by <see cref="TokenEligibility"/>.</param>
/// <param name="DamagedRows">
/// Entries that were not read; the diagnostics name the first hundred and count the rest.
/// </param>
/// <param name="Sha256">The hash of the file's bytes, in lower-case hex.</param>
public sealed record TokenTable(ImmutableArray<TokenSeed> Seeds, int DamagedRows, string Sha256);
