namespace MfaPlan.Core.Tenants;

/// <summary>The per-user MFA state of an account (perUserMfaState, beta only).</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/authentication-get"/>
public enum PerUserMfa
{
    /// <summary>Not asked for, or a word that this version does not know.</summary>
    Unknown = 0,

    /// <summary>No demand.</summary>
    Disabled = 1,

    /// <summary>The user is asked to register; no demand yet.</summary>
    Enabled = 2,

    /// <summary>Demands MFA at sign-in, except from trusted IPs and remembered devices.</summary>
    Enforced = 3,
}
