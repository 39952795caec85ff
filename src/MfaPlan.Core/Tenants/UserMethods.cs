using System.Collections.Immutable;
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

    /// <summary>Hardware OATH tokens, activated or not.</summary>
    public int HardwareTokens { get; init; }

    /// <summary>
    /// The hardware tokens one by one, as far as the service tells them apart; where <see cref="MethodParts.Tokens"/> was asked for, also
    /// devices of the inventory that the user does not hold.
    /// </summary>
    public ImmutableArray<HardwareToken> Tokens { get; init; } = [];

    /// <summary>Hardware tokens that are not known to wait for their activation.</summary>
    public int ActiveHardwareTokens => HardwareTokens - Tokens.Count(static token => token is { Holder: TokenHolder.User, Activated: false });

    /// <summary>Passkeys, Windows Hello for Business and platform credentials: methods that resist phishing.</summary>
    public int PhishingResistant { get; init; }

    /// <summary>The passkeys (FIDO2) among <see cref="PhishingResistant"/>: the authentication methods policy can close them to a user.</summary>
    public int Passkeys { get; init; }

    /// <summary>Method types that this version does not know; they are not counted as usable.</summary>
    public int Others { get; init; }

    /// <summary>The per-user MFA state.</summary>
    public PerUserMfa PerUserMfa { get; init; }

    /// <summary>The token with a serial number: the inventory's before one that was uploaded in the portal; null when there is none.</summary>
    public HardwareToken? Token(string serial) => Tokens
        .Where(token => serial.Equals(token.Serial, StringComparison.OrdinalIgnoreCase))
        .MaxBy(static token => token.InInventory);

    /// <summary>The same data with another token in the place of the one with its serial number; null takes that away.</summary>
    public UserMethods With(string serial, HardwareToken? token)
    {
        var old = Token(serial);
        var tokens = old is null ? Tokens : Tokens.Remove(old);
        return this with
        {
            Tokens = token is null ? tokens : tokens.Add(token),
            HardwareTokens = HardwareTokens - Held(old) + Held(token),
        };

        static int Held(HardwareToken? token) => token is { Holder: TokenHolder.User } ? 1 : 0;
    }

    /// <inheritdoc/>
    public bool Equals(UserMethods? other) =>
        other is not null && Parts == other.Parts && Equals(Mobile, other.Mobile) && Equals(AlternateMobile, other.AlternateMobile)
        && Equals(Office, other.Office) && SmsSignInReady == other.SmsSignInReady && Default == other.Default
        && SystemPreferred == other.SystemPreferred && Authenticators == other.Authenticators && SoftwareTokens == other.SoftwareTokens
        && HardwareTokens == other.HardwareTokens && PhishingResistant == other.PhishingResistant && Passkeys == other.Passkeys && Others == other.Others
        && PerUserMfa == other.PerUserMfa
        && Tokens.AsSpan().SequenceEqual(other.Tokens.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parts, Mobile, AlternateMobile, Office, Default, Authenticators, HardwareTokens);

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
