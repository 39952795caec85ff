using System.Collections.Immutable;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.CutOvers;

/// <summary>What planning a user of a cut-over depends on besides the user.</summary>
/// <param name="Plan">The plan, with a cut-over.</param>
/// <param name="Policy">The authentication methods policy.</param>
/// <param name="Administrators">Everybody who is or may become an administrator.</param>
/// <param name="NeverRoute">The groups of protect.neverRoute with their members.</param>
/// <param name="Terms">Day, exceptions and proof.</param>
/// <param name="Exceptions">The exceptions by user.</param>
public sealed record CutOverContext(
    Plan Plan,
    MethodsPolicy Policy,
    ImmutableHashSet<Guid> Administrators,
    ImmutableArray<(string Group, ImmutableHashSet<Guid> Members)> NeverRoute,
    CutOverTerms Terms,
    ExceptionBook Exceptions);
