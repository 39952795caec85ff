using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>
/// The tenant as it truly is at an instant, and what follows from it for a user, worked out naively from what the documentation says: nothing
/// of the program's own rules is asked.
/// </summary>
internal sealed record Truth(
    DateTimeOffset At,
    ImmutableDictionary<Guid, DirectoryUser> Users,
    ImmutableDictionary<Guid, UserMethods> Methods,
    MethodsPolicy Policy,
    ImmutableDictionary<Guid, ImmutableHashSet<Guid>> Groups,
    ImmutableDictionary<string, Guid> GroupIds,
    RolloutPolicy? Rollout,
    ImmutableDictionary<Guid, ImmutableHashSet<Guid>> Rings,
    ImmutableDictionary<string, FederationSettings> Federations,
    ImmutableDictionary<string, bool> Domains,
    ImmutableArray<AccessPolicy> Access)
{
    /// <summary>From this day on Microsoft delivers no text messages and calls.</summary>
    public static readonly DateTimeOffset PhonesEnd = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero);

    public static Truth Of(FakeTenant tenant, DateTimeOffset at) => new(
        at,
        tenant.Users.ToImmutableDictionary(),
        tenant.Users.Keys.ToImmutableDictionary(static id => id, tenant.Truth),
        tenant.PolicyTruth,
        tenant.Groups.ToImmutableDictionary(static group => group.Key.Id, static group => group.Value.ToImmutableHashSet()),
        tenant.Groups.Keys.ToImmutableDictionary(static group => group.DisplayName, static group => group.Id),
        tenant.Routing.Rollout,
        tenant.Routing.Members.ToImmutableDictionary(),
        tenant.Routing.Federations.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
        tenant.Domains.ToImmutableDictionary(static domain => domain.Name, static domain => domain.Federated, StringComparer.OrdinalIgnoreCase),
        ((Observed<AccessView>.Seen)tenant.Access).Value.Policies);

    public bool IsIn(string group, Guid user) => Groups[GroupIds[group]].Contains(user);

    /// <summary>Whether a user can answer an MFA demand of Entra today.</summary>
    public bool Usable(Guid user) => Lasting(user) || (At < PhonesEnd && Phones(user));

    /// <summary>Whether a user can still answer one when phones are served no more.</summary>
    public bool Lasting(Guid user)
    {
        var methods = Methods[user];
        return methods.PhishingResistant > 0
            || (methods.Authenticators > 0 && Allows(MethodKind.Authenticator, user))
            || (methods.SoftwareTokens > 0 && Allows(MethodKind.SoftwareOath, user))
            || (methods.Tokens.Any(static token => token is { Holder: TokenHolder.User, Activated: true }) && Allows(MethodKind.HardwareOath, user));
    }

    /// <summary>Whether Entra does a user's MFA: by the staged rollout, or because the domain says so.</summary>
    public bool IsRouted(Guid user) =>
        (Rollout is { Enabled: true } rollout && rollout.Groups.Any(group => Rings.TryGetValue(group, out var members) && members.Contains(user)))
        || (FederationOf(user) is { } federation ? federation.MfaBehavior == FederationSettings.Reject : !IsFederated(user));

    /// <summary>
    /// Whether the domain of a user would send it for MFA to an identity provider behind which nobody does it any more: it enforces that, or has
    /// never said, while MFA Server, which is dead, did it.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="alive">Whether a third party does MFA behind the domain of that name.</param>
    /// <param name="server">Whether MFA Server did it there.</param>
    public bool IsDeadEnd(Guid user, Func<string, bool> alive, Func<string, bool> server) => FederationOf(user) is { } federation && RootOf(user) is { } root
        && (federation.MfaBehavior == FederationSettings.Enforce ? !alive(root) : federation.MfaBehavior is null && server(root));

    /// <summary>Whether an enforced policy demands MFA of a user, everywhere and without a way around it.</summary>
    public bool IsDemanded(Guid user) => Access.Any(policy => policy.State == AccessState.Enabled && policy.Controls.BuiltIn.SequenceEqual(["mfa"])
        && (policy.Include.All || policy.Include.Users.Contains(user)) && !policy.Exclude.Users.Contains(user));

    /// <summary>The federated domain whose federation decides for a user; null where the user's domain is managed.</summary>
    public string? RootOf(Guid user) => !IsFederated(user) ? null
        : Federations.Keys.FirstOrDefault(root => DomainOf(user) == root || DomainOf(user).EndsWith("." + root, StringComparison.OrdinalIgnoreCase));

    private FederationSettings? FederationOf(Guid user) => RootOf(user) is { } root ? Federations[root] : null;

    private bool IsFederated(Guid user) => Domains.TryGetValue(DomainOf(user), out var federated) && federated;

    private string DomainOf(Guid user) => Users[user].PrincipalName.Reveal().Split('@')[1];

    private bool Phones(Guid user)
    {
        var methods = Methods[user];
        var called = methods.Mobile ?? methods.AlternateMobile;
        return (methods.Mobile is not null && Allows(MethodKind.Sms, user))
            || (called is not null && Allows(MethodKind.Voice, user))
            || (methods.Office is not null && Allows(MethodKind.Voice, user) && Policy.Configurations[MethodKind.Voice].OfficePhoneAllowed);
    }

    private bool Allows(MethodKind kind, Guid user)
    {
        var configuration = Policy.Configurations[kind];
        return configuration.Enabled && configuration.Include.Any(Names) && !configuration.Exclude.Any(Names);

        bool Names(MethodTarget target) => target.Id is null || (target.IsUser ? target.Id == user : Groups[target.Id.Value].Contains(user));
    }
}
