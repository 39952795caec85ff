using System.Collections.Immutable;

namespace MfaPlan.Sandbox.Rehearsing;

/// <summary>Whose doing is rehearsed: members of groups, through nested groups, and people by name.</summary>
public sealed record PeopleChoice
{
    /// <summary>Groups by display name or object id.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>People by user principal name or object id.</summary>
    public ImmutableArray<string> Users { get; init; } = [];

    /// <summary>Of these only who has no method to answer a demand with.</summary>
    public bool WithoutMethod { get; init; }
}
