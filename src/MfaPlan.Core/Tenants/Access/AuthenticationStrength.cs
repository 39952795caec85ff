using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants.Access;

/// <summary>An authentication strength.</summary>
/// <param name="Id">Built-in ones have constant ids.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="IsMfa">Whether requirementsSatisfied has mfa.</param>
/// <param name="Combinations">allowedCombinations, each a set of words; meeting one of them is enough.</param>
/// <param name="Narrowed">
/// Combinations that combinationConfigurations narrow further (kinds of key, issuers): having the method does not prove meeting them.
/// </param>
public sealed record AuthenticationStrength(
    string Id,
    string DisplayName,
    bool IsMfa,
    ImmutableArray<ImmutableSortedSet<string>> Combinations,
    ImmutableSortedSet<string> Narrowed);
