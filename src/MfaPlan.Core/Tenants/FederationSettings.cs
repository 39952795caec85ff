namespace MfaPlan.Core.Tenants;

/// <summary>The federation of a domain, as the service shows it.</summary>
/// <param name="Id">The id of the configuration.</param>
/// <param name="MfaBehavior">federatedIdpMfaBehavior as the service spells it; null where it was never set, which cannot be restored.</param>
/// <param name="Image">The whole object as JSON text, members sorted: the before-image of a cut-over.</param>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/internaldomainfederation"/>
public sealed record FederationSettings(string Id, string? MfaBehavior, string Image)
{
    /// <summary>The cloud does MFA itself, whatever the identity provider did.</summary>
    public const string Reject = "rejectMfaByFederatedIdp";

    /// <summary>The identity provider does MFA; users without are sent back to it.</summary>
    public const string Enforce = "enforceMfaByFederatedIdp";

    /// <summary>The identity provider's MFA is accepted; where it did none, the cloud does it.</summary>
    public const string Accept = "acceptIfMfaDoneByFederatedIdp";
}
