using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants.Access;

/// <summary>A Conditional Access policy with every member that decides whom it is about, where, and what it demands.</summary>
/// <param name="Id">The policy's id.</param>
/// <param name="DisplayName">Not unique in a tenant.</param>
/// <param name="State">Whether it is enforced.</param>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy"/>
public sealed record AccessPolicy(string Id, string DisplayName, AccessState State)
{
    /// <summary>Whom it is about.</summary>
    public AccessUsers Include { get; init; } = AccessUsers.Nobody;

    /// <summary>Whom it is not about, whatever <see cref="Include"/> says.</summary>
    public AccessUsers Exclude { get; init; } = AccessUsers.Nobody;

    /// <summary>Which resources it is about.</summary>
    public AccessResources Resources { get; init; } = AccessResources.None;

    /// <summary>At which sign-ins it is about them.</summary>
    public AccessConditions Conditions { get; init; } = AccessConditions.Always;

    /// <summary>What it demands before it grants access.</summary>
    public AccessControls Controls { get; init; } = AccessControls.None;

    /// <summary>Conditions that are set and that this version does not know, as paths: nobody can tell where the policy applies.</summary>
    public ImmutableArray<string> UnjudgedConditions { get; init; } = [];

    /// <summary>Controls that are set and that this version does not know, as paths: nobody can tell what the policy demands.</summary>
    public ImmutableArray<string> UnjudgedControls { get; init; } = [];

    /// <summary>Name and id, for people.</summary>
    public string Label => $"\"{DisplayName}\" ({Id})";
}
