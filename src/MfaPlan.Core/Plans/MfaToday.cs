namespace MfaPlan.Core.Plans;

/// <summary>Where MFA happens today, said and not guessed.</summary>
public enum MfaToday
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>On MFA Server.</summary>
    MfaServer = 1,

    /// <summary>At a third party.</summary>
    ThirdParty = 2,

    /// <summary>In Entra.</summary>
    Entra = 3,
}
