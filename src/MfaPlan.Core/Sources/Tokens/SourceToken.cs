namespace MfaPlan.Core.Sources.Tokens;

/// <summary>A token with the file that it stands in.</summary>
/// <param name="File">The file, by the path that the plan gives.</param>
/// <param name="Seed">The token.</param>
public sealed record SourceToken(string File, TokenSeed Seed);
