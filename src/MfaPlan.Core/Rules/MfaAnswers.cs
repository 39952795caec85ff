namespace MfaPlan.Core.Rules;

/// <summary>Ways in which a user can answer an MFA demand of Entra.</summary>
[Flags]
public enum MfaAnswers
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A text message to the mobile.</summary>
    Sms = 1,

    /// <summary>A call to one of the phones.</summary>
    Voice = 2,

    /// <summary>A notification of Microsoft Authenticator.</summary>
    Push = 4,

    /// <summary>A code of a software token.</summary>
    SoftwareOath = 8,

    /// <summary>A code of an activated hardware token.</summary>
    HardwareOath = 16,

    /// <summary>A passkey, Windows Hello for Business or a platform credential.</summary>
    PhishingResistant = 32,
}
