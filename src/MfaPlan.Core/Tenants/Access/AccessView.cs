using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants.Access;

/// <summary>What was read of what demands MFA in the tenant. Each part that could not be read is unknown by itself.</summary>
/// <param name="Policies">Every Conditional Access policy of beta, in order of id.</param>
public sealed record AccessView(ImmutableArray<AccessPolicy> Policies)
{
    /// <summary>Policies that beta has and v1.0 leaves out, as it does for preview features.</summary>
    public ImmutableArray<string> OnlyInBeta { get; init; } = [];

    /// <summary>Policies that v1.0 has and beta does not: nothing is known of what they say.</summary>
    public ImmutableArray<string> OnlyInV1 { get; init; } = [];

    /// <summary>Authentication strengths by id, in any case.</summary>
    public Observed<ImmutableDictionary<string, AuthenticationStrength>> Strengths { get; init; } =
        new Observed<ImmutableDictionary<string, AuthenticationStrength>>.Unknown("notRead");

    /// <summary>Names of named locations by id; only for people.</summary>
    public Observed<ImmutableDictionary<string, string>> Locations { get; init; } =
        new Observed<ImmutableDictionary<string, string>>.Unknown("notRead");

    /// <summary>Whether security defaults are on.</summary>
    public Observed<bool> SecurityDefaults { get; init; } = new Observed<bool>.Unknown("notRead");

    /// <summary>The users in each group that a policy names, nested groups included.</summary>
    public ImmutableDictionary<Guid, Observed<ImmutableHashSet<Guid>>> Groups { get; init; } =
        ImmutableDictionary<Guid, Observed<ImmutableHashSet<Guid>>>.Empty;

    /// <summary>The holders of each role that a policy names, by template id; unknown where the roles could not be read.</summary>
    public ImmutableDictionary<Guid, Observed<RoleHolders>> Roles { get; init; } = ImmutableDictionary<Guid, Observed<RoleHolders>>.Empty;

    /// <summary>The strength with an id; null where it is not known.</summary>
    public AuthenticationStrength? Strength(string id) => Strengths.SeenOrDefault?.GetValueOrDefault(id);

    /// <summary>The policy with an id; null where there is none.</summary>
    public AccessPolicy? Policy(Guid id) =>
        Policies.FirstOrDefault(policy => policy.Id.Equals(id.ToString("D"), StringComparison.OrdinalIgnoreCase));
}
