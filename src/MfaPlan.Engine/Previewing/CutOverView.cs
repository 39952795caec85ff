using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Previewing;

/// <summary>What a cut-over needs to know of the tenant before any user's methods are read.</summary>
/// <param name="Users">The enabled users whom the domains' federation decides for, in order of object id.</param>
/// <param name="Federations">Of each domain of the cut-over; null for one that has none of its own.</param>
/// <param name="Policy">The authentication methods policy.</param>
/// <param name="Administrators">Everybody who is or may become an administrator.</param>
/// <param name="Move">What the proofs go by; null where the methods policy was not read, and on the way back.</param>
/// <param name="BreakGlass">The break-glass accounts.</param>
/// <param name="Domains">The tenant's domains.</param>
/// <param name="Problems">What was not found or could not be read; empty when the view is whole.</param>
public sealed record CutOverView(
    ImmutableArray<DirectoryUser> Users,
    ImmutableSortedDictionary<string, FederationSettings?> Federations,
    MethodsPolicy? Policy,
    ImmutableHashSet<Guid> Administrators,
    MoveContext? Move,
    ImmutableArray<BreakGlassAccount> BreakGlass,
    ImmutableArray<DirectoryDomain> Domains,
    ImmutableArray<GuardResult> Problems);
