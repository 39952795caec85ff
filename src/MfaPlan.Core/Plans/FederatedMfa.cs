namespace MfaPlan.Core.Plans;

/// <summary>The federatedIdpMfaBehavior a domain is switched to.</summary>
public enum FederatedMfa
{
    /// <summary>Entra does MFA itself.</summary>
    RejectMfaByFederatedIdp = 0,

    /// <summary>The identity provider does it; only to go back.</summary>
    EnforceMfaByFederatedIdp = 1,
}
