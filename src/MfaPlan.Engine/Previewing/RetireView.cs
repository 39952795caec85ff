using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;

namespace MfaPlan.Engine.Previewing;

/// <summary>What ending the staged rollout, or its way back, needs to know of the tenant.</summary>
/// <param name="Rollout">The staged rollout; null where there is none.</param>
/// <param name="Members">Users in its groups, whoever added them, in order of object id; read only where the rollout is to be switched.</param>
/// <param name="Returning">The domains of these users, by name, with whose MFA counts there; on the way back none.</param>
/// <param name="Administrators">Everybody who is or may become an administrator; on the way back only.</param>
/// <param name="Move">What the proofs of the way back go by; null where nobody is to be proved.</param>
/// <param name="BreakGlass">The break-glass accounts.</param>
/// <param name="Problems">What was not found or could not be read; empty when the view is whole.</param>
public sealed record RetireView(
    RolloutPolicy? Rollout,
    ImmutableArray<DirectoryUser> Members,
    ImmutableArray<ReturningDomain> Returning,
    ImmutableHashSet<Guid> Administrators,
    MoveContext? Move,
    ImmutableArray<BreakGlassAccount> BreakGlass,
    ImmutableArray<GuardResult> Problems);
