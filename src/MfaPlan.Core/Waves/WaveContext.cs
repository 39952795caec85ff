using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Waves;

/// <summary>What planning a user of a wave depends on besides the user.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Stage">The wave's stage.</param>
/// <param name="Policy">The authentication methods policy, as seen.</param>
/// <param name="Into">The groups that the wave fills.</param>
/// <param name="Elsewhere">Users whom another group of the rollout moves already.</param>
/// <param name="Administrators">Everybody who is or may become an administrator.</param>
/// <param name="BreakGlass">The accounts of protect.breakGlass.</param>
/// <param name="NeverRoute">The groups of protect.neverRoute with their members.</param>
/// <param name="Federated">The names of the tenant's federated domains.</param>
public sealed record WaveContext(
    Plan Plan,
    StageId Stage,
    MethodsPolicy Policy,
    ImmutableArray<WaveGroup> Into,
    ImmutableHashSet<Guid> Elsewhere,
    ImmutableHashSet<Guid> Administrators,
    ImmutableHashSet<Guid> BreakGlass,
    ImmutableArray<(string Group, ImmutableHashSet<Guid> Members)> NeverRoute,
    ImmutableHashSet<string> Federated)
{
    /// <summary>The wave's group that a user is in already; null for none.</summary>
    public WaveGroup? GroupOf(Guid user) => Into.FirstOrDefault(group => group.Content.Users.Contains(user));
}
