using System.Collections.Immutable;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Proofs;

namespace MfaPlan.Core.CutOvers;

/// <summary>What planning a user of a cut-over depends on besides the user.</summary>
/// <param name="Plan">The plan, with a cut-over.</param>
/// <param name="Administrators">Everybody who is or may become an administrator.</param>
/// <param name="Proof">That the switch locks nobody out and leaves no gap.</param>
/// <param name="Routing">Who is never moved.</param>
/// <param name="Terms">Day and exceptions.</param>
/// <param name="Exceptions">The exceptions by user.</param>
public sealed record CutOverContext(
    Plan Plan,
    ImmutableHashSet<Guid> Administrators,
    MoveProof Proof,
    RoutingRule Routing,
    CutOverTerms Terms,
    ExceptionBook Exceptions);
