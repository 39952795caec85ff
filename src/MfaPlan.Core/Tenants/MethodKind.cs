namespace MfaPlan.Core.Tenants;

/// <summary>The kinds of method that the policy switches and a migration touches.</summary>
public enum MethodKind
{
    /// <summary>Configuration Sms.</summary>
    Sms = 0,

    /// <summary>Configuration Voice.</summary>
    Voice = 1,

    /// <summary>Configuration MicrosoftAuthenticator.</summary>
    Authenticator = 2,

    /// <summary>Configuration SoftwareOath.</summary>
    SoftwareOath = 3,

    /// <summary>Configuration HardwareOath (beta only).</summary>
    HardwareOath = 4,
}
