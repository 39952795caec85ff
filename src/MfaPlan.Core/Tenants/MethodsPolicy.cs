using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants;

/// <summary>The authentication methods policy with the members of every group it names.</summary>
/// <param name="Configurations">By kind; a kind that the tenant does not list is off.</param>
/// <param name="Members">Transitive user members by group, for the groups that the configurations name.</param>
/// <param name="MigrationState">policyMigrationState; null when the service does not say.</param>
public sealed record MethodsPolicy(
    ImmutableSortedDictionary<MethodKind, MethodConfiguration> Configurations,
    ImmutableDictionary<Guid, ImmutableHashSet<Guid>> Members,
    string? MigrationState)
{
    /// <summary>Configuration Fido2, its groups in <see cref="Members"/> too; null where the tenant lists none, which is off.</summary>
    public MethodConfiguration? Passkeys { get; init; }

    /// <summary>The registration campaign, its groups in <see cref="Members"/> too; null where nobody asked for it, which says nothing of the tenant.</summary>
    public RegistrationCampaign? Campaign { get; init; }

    /// <summary>Whether a user may use a kind of method.</summary>
    public bool Allows(MethodKind kind, Guid user) => Allows(Configurations.GetValueOrDefault(kind), user);

    /// <summary>Whether a user may use passkeys. Windows Hello for Business and platform credentials are not the policy's business.</summary>
    public bool AllowsPasskeys(Guid user) => Allows(Passkeys, user);

    /// <summary>Whether a mobile number of the user would become a sign-in name.</summary>
    public bool SmsSignInReaches(Guid user) =>
        Allows(MethodKind.Sms, user)
        && Configurations[MethodKind.Sms].Include.Any(target => target.UsableForSignIn && Names(target, user));

    /// <summary>Whether calls to office phones are allowed to a user.</summary>
    public bool AllowsOfficeCalls(Guid user) => Allows(MethodKind.Voice, user) && Configurations[MethodKind.Voice].OfficePhoneAllowed;

    /// <summary>Whether the registration campaign runs and asks a user for Microsoft Authenticator; where Microsoft decides, it is not known to.</summary>
    public bool CampaignAsks(Guid user) => Campaign is { State: CampaignState.Enabled }
        && CampaignNames(user, RegistrationCampaign.Authenticator) && !CampaignExcludes(user);

    /// <summary>Whether the registration campaign names a user, whatever its state.</summary>
    /// <param name="user">Object id.</param>
    /// <param name="method">For this method; null for any.</param>
    public bool CampaignNames(Guid user, string? method = null) => Campaign is { } campaign && campaign.Include.Any(target =>
        (method is null || method.Equals(target.Asks, StringComparison.OrdinalIgnoreCase)) && Names(target, user));

    /// <summary>Whether the registration campaign excludes a user.</summary>
    public bool CampaignExcludes(Guid user) => Campaign is { } campaign && campaign.Exclude.Any(target => Names(target, user));

    private bool Allows(MethodConfiguration? configuration, Guid user) =>
        configuration is { Enabled: true } && configuration.Include.Any(target => Names(target, user))
        && !configuration.Exclude.Any(target => Names(target, user));

    private bool Names(MethodTarget target, Guid user) =>
        target.Id is not { } id || (target.IsUser ? id == user : Members.TryGetValue(id, out var members) && members.Contains(user));
}
