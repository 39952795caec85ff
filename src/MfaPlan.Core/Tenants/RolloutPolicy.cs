using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants;

/// <summary>The staged rollout of cloud MFA: the feature rollout policy whose feature is <c>multiFactorAuthentication</c>. A tenant has at most one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="Enabled">isEnabled: whether the groups are moved at all.</param>
/// <param name="ForEverybody">isAppliedToOrganization.</param>
/// <param name="Groups">The groups that it applies to, each once, in order of id.</param>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/featurerolloutpolicy"/>
public sealed record RolloutPolicy(string Id, string DisplayName, bool Enabled, bool ForEverybody, ImmutableArray<Guid> Groups)
{
    /// <summary>Groups that a policy takes, at most.</summary>
    public const int MostGroups = 10;

    /// <summary>Users that a group of the policy may have, at most.</summary>
    public const int MostUsersOfGroup = 50_000;

    /// <summary>Users that a group may have when it is added to the policy, at most.</summary>
    public const int MostUsersWhenAdded = 200;

    /// <inheritdoc/>
    public bool Equals(RolloutPolicy? other) =>
        other is not null && Id == other.Id && DisplayName == other.DisplayName && Enabled == other.Enabled
        && ForEverybody == other.ForEverybody && Groups.AsSpan().SequenceEqual(other.Groups.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Enabled, Groups.Length);
}
