using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Proofs;

namespace MfaPlan.Core.Waves;

/// <summary>What planning a user of a wave depends on besides the user.</summary>
/// <param name="Stage">The wave's stage.</param>
/// <param name="Into">The groups that the wave fills.</param>
/// <param name="Elsewhere">Users whom another group of the rollout moves already.</param>
/// <param name="Administrators">Everybody who is or may become an administrator.</param>
/// <param name="Proof">That a move locks nobody out and leaves no gap.</param>
/// <param name="Routing">Who is never moved.</param>
/// <param name="Federated">The names of the tenant's federated domains.</param>
public sealed record WaveContext(
    StageId Stage,
    ImmutableArray<WaveGroup> Into,
    ImmutableHashSet<Guid> Elsewhere,
    ImmutableHashSet<Guid> Administrators,
    MoveProof Proof,
    RoutingRule Routing,
    ImmutableHashSet<string> Federated)
{
    /// <summary>The wave's group that a user is in already; null for none.</summary>
    public WaveGroup? GroupOf(Guid user) => Into.FirstOrDefault(group => group.Content.Users.Contains(user));
}
