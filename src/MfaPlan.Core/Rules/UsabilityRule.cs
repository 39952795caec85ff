using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>Whether a user's methods can answer an MFA demand of Entra.</summary>
public static class UsabilityRule
{
    /// <summary>Judges a user before and after a unit.</summary>
    /// <param name="user">Object id.</param>
    /// <param name="before">Every method, as read.</param>
    /// <param name="after">Every method, with the unit's changes carried out.</param>
    /// <param name="policy">The authentication methods policy.</param>
    public static Usability Judge(Guid user, UserMethods before, UserMethods after, MethodsPolicy policy) =>
        new(Usable(user, before, policy), Usable(user, after, policy), Lasting(user, after, policy));

    /// <summary>Whether a registered method is allowed by the policy. Methods of a kind that this version does not know do not count.</summary>
    public static bool Usable(Guid user, UserMethods methods, MethodsPolicy policy) =>
        Lasting(user, methods, policy) || PhoneUsable(user, methods, policy);

    /// <summary>Whether a phone of the user can be used.</summary>
    public static bool PhoneUsable(Guid user, UserMethods methods, MethodsPolicy policy) =>
        SlotUsable(PhoneSlot.Mobile, user, methods, policy)
        || SlotUsable(PhoneSlot.AlternateMobile, user, methods, policy)
        || SlotUsable(PhoneSlot.Office, user, methods, policy);

    /// <summary>Whether the number in a place can be used for text messages or calls.</summary>
    public static bool SlotUsable(PhoneSlot slot, Guid user, UserMethods methods, MethodsPolicy policy) =>
        methods.Phone(slot) is not null && slot switch
        {
            PhoneSlot.Mobile => policy.Allows(MethodKind.Sms, user) || policy.Allows(MethodKind.Voice, user),
            PhoneSlot.AlternateMobile => policy.Allows(MethodKind.Voice, user),
            _ => policy.AllowsOfficeCalls(user),
        };

    /// <summary>Whether a default method is registered and allowed.</summary>
    public static bool CanBeDefault(DefaultMethod method, Guid user, UserMethods methods, MethodsPolicy policy) => method.Word switch
    {
        "push" => methods.Authenticators > 0 && policy.Allows(MethodKind.Authenticator, user),
        "oath" => Token(user, methods, policy),
        "sms" => methods.Mobile is not null && policy.Allows(MethodKind.Sms, user),
        "voiceMobile" => methods.Mobile is not null && policy.Allows(MethodKind.Voice, user),
        "voiceAlternateMobile" => methods.AlternateMobile is not null && policy.Allows(MethodKind.Voice, user),
        "voiceOffice" => methods.Office is not null && policy.AllowsOfficeCalls(user),
        _ => false,
    };

    private static bool Lasting(Guid user, UserMethods methods, MethodsPolicy policy) =>
        methods.PhishingResistant > 0
        || (methods.Authenticators > 0 && policy.Allows(MethodKind.Authenticator, user))
        || Token(user, methods, policy);

    private static bool Token(Guid user, UserMethods methods, MethodsPolicy policy) =>
        (methods.SoftwareTokens > 0 && policy.Allows(MethodKind.SoftwareOath, user))
        || (methods.ActiveHardwareTokens > 0 && policy.Allows(MethodKind.HardwareOath, user));
}
