using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>What the proofs about users depend on besides the users.</summary>
/// <param name="Policy">The authentication methods policy.</param>
/// <param name="Access">What demands MFA in the tenant; unknown where the policies could not be read.</param>
/// <param name="AsOf">When it is judged, by the tenant's clock.</param>
public sealed record ProofContext(MethodsPolicy Policy, Observed<AccessView> Access, DateTimeOffset AsOf)
{
    /// <summary>Who may be moved with phones alone; null for nobody.</summary>
    public PhoneOnlyTerms? PhoneOnly { get; init; }

    /// <summary>The only policies that count as a demand (<c>cutOver.mfaRequiredBy</c>); empty for any.</summary>
    public ImmutableArray<Guid> RequiredBy { get; init; } = [];

    /// <summary>Whether a policy counts.</summary>
    public bool Counts(AccessPolicy policy) =>
        RequiredBy.IsEmpty || RequiredBy.Any(id => policy.Id.Equals(id.ToString("D"), StringComparison.OrdinalIgnoreCase));
}
