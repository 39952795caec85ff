using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;

namespace MfaPlan.Engine.Previewing;

/// <summary>What a wave needs to know of the tenant before any user's methods are read.</summary>
/// <param name="Named">The users of the wave's source groups, nested ones included, in order of object id.</param>
/// <param name="Others">Members of the wave's own groups whom no source group names, in order of object id.</param>
/// <param name="Rollout">The staged rollout; null where there is none.</param>
/// <param name="Into">The groups that the wave fills.</param>
/// <param name="Ours">The groups of every wave of the plan.</param>
/// <param name="Elsewhere">Users whom other groups of the rollout have.</param>
/// <param name="Policy">The authentication methods policy.</param>
/// <param name="Administrators">Everybody who is or may become an administrator.</param>
/// <param name="Move">What the proofs go by; null where the methods policy was not read.</param>
/// <param name="BreakGlass">The break-glass accounts.</param>
/// <param name="Domains">The tenant's domains.</param>
/// <param name="Problems">What was not found or could not be read; empty when the view is whole.</param>
public sealed record WaveView(
    ImmutableArray<DirectoryUser> Named,
    ImmutableArray<DirectoryUser> Others,
    RolloutPolicy? Rollout,
    ImmutableArray<WaveGroup> Into,
    ImmutableHashSet<Guid> Ours,
    ImmutableHashSet<Guid> Elsewhere,
    MethodsPolicy? Policy,
    ImmutableHashSet<Guid> Administrators,
    MoveContext? Move,
    ImmutableArray<BreakGlassAccount> BreakGlass,
    ImmutableArray<DirectoryDomain> Domains,
    ImmutableArray<GuardResult> Problems);
