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
    /// <param name="ended">Ways to answer that have ended already, see <see cref="Retirements.EndedAt"/>.</param>
    public static Usability Judge(
        Guid user, UserMethods before, UserMethods after, MethodsPolicy policy, MfaAnswers ended = MfaAnswers.None)
    {
        var left = AnswersOf(user, after, policy) & ~ended;
        return new(
            (AnswersOf(user, before, policy) & ~ended) != MfaAnswers.None,
            left != MfaAnswers.None,
            (left & ~Retirements.Announced) != MfaAnswers.None);
    }

    /// <summary>Whether a registered method is allowed by the policy. Methods of a kind that this version does not know do not count.</summary>
    /// <param name="user">Object id.</param>
    /// <param name="methods">Every method.</param>
    /// <param name="policy">The authentication methods policy.</param>
    /// <param name="ended">Ways to answer that have ended already, see <see cref="Retirements.EndedAt"/>.</param>
    public static bool Usable(Guid user, UserMethods methods, MethodsPolicy policy, MfaAnswers ended = MfaAnswers.None) =>
        (AnswersOf(user, methods, policy) & ~ended) != MfaAnswers.None;

    /// <summary>
    /// Whether a user who can answer now could not after: by the methods and the policy alone, or by what of them is still served.
    /// </summary>
    /// <param name="user">Object id.</param>
    /// <param name="now">Every method, and the policy, as read.</param>
    /// <param name="after">The same, with the changes carried out.</param>
    /// <param name="ended">Ways to answer that have ended already, see <see cref="Retirements.EndedAt"/>.</param>
    public static bool Loses(
        Guid user, (UserMethods Methods, MethodsPolicy Policy) now, (UserMethods Methods, MethodsPolicy Policy) after, MfaAnswers ended)
    {
        var (before, left) = (AnswersOf(user, now.Methods, now.Policy), AnswersOf(user, after.Methods, after.Policy));
        return Lost(before, left) || Lost(before & ~ended, left & ~ended);

        static bool Lost(MfaAnswers before, MfaAnswers left) => before != MfaAnswers.None && left == MfaAnswers.None;
    }

    /// <summary>All ways to answer that are registered and allowed by the policy, whether they have ended or not.</summary>
    public static MfaAnswers AnswersOf(Guid user, UserMethods methods, MethodsPolicy policy)
    {
        var resists = methods.PhishingResistant > methods.Passkeys || (methods.Passkeys > 0 && policy.AllowsPasskeys(user));
        var answers = resists ? MfaAnswers.PhishingResistant : MfaAnswers.None;
        answers |= methods.Mobile is not null && policy.Allows(MethodKind.Sms, user) ? MfaAnswers.Sms : MfaAnswers.None;
        answers |= CanBeCalled(user, methods, policy) ? MfaAnswers.Voice : MfaAnswers.None;
        answers |= methods.Authenticators > 0 && policy.Allows(MethodKind.Authenticator, user) ? MfaAnswers.Push : MfaAnswers.None;
        answers |= methods.SoftwareTokens > 0 && policy.Allows(MethodKind.SoftwareOath, user) ? MfaAnswers.SoftwareOath : MfaAnswers.None;
        return answers | (methods.ActiveHardwareTokens > 0 && policy.Allows(MethodKind.HardwareOath, user) ? MfaAnswers.HardwareOath : MfaAnswers.None);
    }

    /// <summary>The way to answer that a kind of method gives.</summary>
    public static MfaAnswers AnswerOf(MethodKind kind) => kind switch
    {
        MethodKind.Sms => MfaAnswers.Sms,
        MethodKind.Voice => MfaAnswers.Voice,
        MethodKind.Authenticator => MfaAnswers.Push,
        MethodKind.SoftwareOath => MfaAnswers.SoftwareOath,
        _ => MfaAnswers.HardwareOath,
    };

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
        "oath" => (AnswersOf(user, methods, policy) & (MfaAnswers.SoftwareOath | MfaAnswers.HardwareOath)) != MfaAnswers.None,
        "sms" => methods.Mobile is not null && policy.Allows(MethodKind.Sms, user),
        "voiceMobile" => methods.Mobile is not null && policy.Allows(MethodKind.Voice, user),
        "voiceAlternateMobile" => methods.AlternateMobile is not null && policy.Allows(MethodKind.Voice, user),
        "voiceOffice" => methods.Office is not null && policy.AllowsOfficeCalls(user),
        _ => false,
    };

    private static bool CanBeCalled(Guid user, UserMethods methods, MethodsPolicy policy) =>
        ((methods.Mobile ?? methods.AlternateMobile) is not null && policy.Allows(MethodKind.Voice, user))
        || (methods.Office is not null && policy.AllowsOfficeCalls(user));
}
