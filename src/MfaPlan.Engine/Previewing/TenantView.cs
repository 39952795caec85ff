using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Previewing;

/// <summary>What a plan needs to know of the tenant as a whole before any user's methods are read.</summary>
/// <param name="Scope">The users to migrate, sorted by object id.</param>
/// <param name="Policy">The authentication methods policy.</param>
/// <param name="Administrators">Everybody who is or may become an administrator.</param>
/// <param name="NeverWrite">The groups of protect.neverWrite with their members.</param>
/// <param name="BreakGlass">The break-glass accounts.</param>
/// <param name="Domains">The tenant's domains.</param>
/// <param name="Problems">What was not found or could not be read; empty when the view is whole.</param>
public sealed record TenantView(
    ImmutableArray<DirectoryUser> Scope,
    MethodsPolicy? Policy,
    ImmutableHashSet<Guid> Administrators,
    ImmutableArray<(string Group, ImmutableHashSet<Guid> Members)> NeverWrite,
    ImmutableArray<BreakGlassAccount> BreakGlass,
    ImmutableArray<DirectoryDomain> Domains,
    ImmutableArray<GuardResult> Problems)
{
    /// <summary>The groups of policy.ensure with their members, in order of kind.</summary>
    public ImmutableArray<EnsuredMethod> Ensured { get; init; } = [];

    /// <summary>The registration campaign that the plan asks for; null for none.</summary>
    public WantedCampaign? Campaign { get; init; }

    /// <summary>Whether a user's principal name is on a federated domain; null where the domains could not be read or do not have it.</summary>
    public bool? OnFederatedDomain(DirectoryUser user) => OnFederatedDomain(user, Domains);

    /// <summary>Whether users can be planned by it.</summary>
    public bool IsWhole => Problems.IsEmpty && Policy is not null;

    /// <summary>The policy on the way through the prepare stage; null where it could not be read.</summary>
    public PreparedPolicy? Prepared => Policy is { } seen ? PreparedPolicy.Of(seen, Ensured, Campaign) : null;

    /// <summary>Whether a user's principal name is on a federated one of these domains; null where they do not have it.</summary>
    public static bool? OnFederatedDomain(DirectoryUser user, ImmutableArray<DirectoryDomain> domains)
    {
        if (domains.IsDefault)
        {
            return null;
        }

        var domain = user.PrincipalName.Domain;
        return domains.FirstOrDefault(known => known.Name.Equals(domain, StringComparison.OrdinalIgnoreCase))?.Federated;
    }
}
