using System.Collections.Immutable;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources;

/// <summary>The rows of an overrides file.</summary>
/// <param name="Overrides">In order of row.</param>
/// <param name="DamagedRows">
/// Rows that were not read; the diagnostics name the first hundred and count the rest.
/// </param>
/// <param name="Sha256">The hash of the file's bytes, in lower-case hex.</param>
public sealed record OverridesTable(ImmutableArray<MatchOverride> Overrides, int DamagedRows, string Sha256);
