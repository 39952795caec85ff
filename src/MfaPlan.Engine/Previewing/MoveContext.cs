using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Proofs;

namespace MfaPlan.Engine.Previewing;

/// <summary>What a stage that moves users to Entra MFA proves by; read afresh for each preview and again when a wave or domain opens.</summary>
/// <param name="Proof">The proofs about users.</param>
/// <param name="Routing">Who is left out.</param>
/// <param name="Problems">Groups of protect.neverRoute and protect.phoneOnly that were not found or not read; the stage waits or is refused.</param>
public sealed record MoveContext(MoveProof Proof, RoutingRule Routing, ImmutableArray<GuardResult> Problems);
