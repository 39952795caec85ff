using System.Collections.Immutable;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources;

/// <summary>The rows of an overrides file.</summary>
/// <param name="Overrides">In order of row.</param>
/// <param name="Sha256">The hash of the file's bytes, in lower-case hex.</param>
public sealed record OverridesTable(ImmutableArray<MatchOverride> Overrides, string Sha256);
