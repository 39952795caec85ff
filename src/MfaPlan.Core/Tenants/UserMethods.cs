using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Tenants;

/// <summary>The authentication data of one user as it was read; parts that were not asked for are not to be used.</summary>
/// <param name="Parts">What was asked for and read.</param>
public sealed record UserMethods(MethodParts Parts)
{
    /// <summary>phoneType mobile.</summary>
    public PhoneNumber? Mobile { get; init; }

    /// <summary>phoneType alternateMobile.</summary>
    public PhoneNumber? AlternateMobile { get; init; }

    /// <summary>phoneType office.</summary>
    public PhoneNumber? Office { get; init; }

    /// <summary>Whether the mobile is registered for sign-in by text message (smsSignInState ready).</summary>
    public bool SmsSignInReady { get; init; }

    /// <summary>The default method; null when none is set.</summary>
    public DefaultMethod? Default { get; init; }

    /// <summary>Whether the service picks the method itself; null when it does not say.</summary>
    public bool? SystemPreferred { get; init; }

    /// <summary>Registrations of Microsoft Authenticator.</summary>
    public int Authenticators { get; init; }

    /// <summary>Software OATH tokens.</summary>
    public int SoftwareTokens { get; init; }

    /// <summary>Hardware OATH tokens.</summary>
    public int HardwareTokens { get; init; }

    /// <summary>Passkeys, Windows Hello for Business and platform credentials: methods that resist phishing.</summary>
    public int PhishingResistant { get; init; }

    /// <summary>Method types that this version does not know; they are not counted as usable.</summary>
    public int Others { get; init; }

    /// <summary>The number in a place.</summary>
    public PhoneNumber? Phone(PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => Mobile,
        PhoneSlot.AlternateMobile => AlternateMobile,
        _ => Office,
    };

    /// <summary>The same data with another number in a place.</summary>
    public UserMethods With(PhoneSlot slot, PhoneNumber? number) => slot switch
    {
        PhoneSlot.Mobile => this with { Mobile = number },
        PhoneSlot.AlternateMobile => this with { AlternateMobile = number },
        _ => this with { Office = number },
    };
}
