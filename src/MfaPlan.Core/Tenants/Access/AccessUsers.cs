using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants.Access;

/// <summary>One side, included or excluded, of whom a policy is about.</summary>
/// <param name="All">Everybody, guests too.</param>
/// <param name="Users">Object ids of users.</param>
/// <param name="Groups">Object ids of groups; nested members count.</param>
/// <param name="Roles">Template ids of built-in roles.</param>
/// <param name="Guests">Guests and other external users; null for none.</param>
public sealed record AccessUsers(
    bool All, ImmutableArray<Guid> Users, ImmutableArray<Guid> Groups, ImmutableArray<Guid> Roles, GuestScope? Guests)
{
    /// <summary>Names nobody.</summary>
    public static AccessUsers Nobody { get; } = new(All: false, [], [], [], null);

    /// <summary>Names everybody.</summary>
    public static AccessUsers Everybody { get; } = Nobody with { All = true };
}
