using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Sources.Tokens;

/// <summary>A token of a source, judged; without its seed.</summary>
/// <param name="Token">The serial number, and the seed by reference.</param>
/// <param name="Against">The reason of <see cref="TokenEligibility"/> against it; null when Entra can take it.</param>
public sealed record OwnedToken(SecretRef Token, string? Against);
