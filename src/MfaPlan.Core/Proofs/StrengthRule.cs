using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>Whether the ways in which a user can answer meet an authentication strength.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/authenticationstrengthpolicy"/>
public static class StrengthRule
{
    private static readonly (MfaAnswers Answer, string Word)[] SecondFactors =
    [
        (MfaAnswers.Sms, "sms"),
        (MfaAnswers.Voice, "voice"),
        (MfaAnswers.Push, "microsoftAuthenticatorPush"),
        (MfaAnswers.SoftwareOath, "softwareOath"),
        (MfaAnswers.HardwareOath, "hardwareOath"),
    ];

    /// <summary>
    /// Judges a strength. A claim of the identity provider (federatedMultiFactor) and passes that are given for an hour are not counted: the
    /// first ends with the move.
    /// </summary>
    /// <param name="strength">The strength.</param>
    /// <param name="answers">What the user can answer with after the move.</param>
    /// <param name="federated">Where the first factor comes from; null demands that the strength takes both.</param>
    public static bool Meets(AuthenticationStrength strength, MfaAnswers answers, bool? federated) =>
        SecondFactors.Any(factor => answers.HasFlag(factor.Answer)
            && (federated == true || Allows(strength, "password", factor.Word))
            && (federated == false || Allows(strength, "federatedSingleFactor", factor.Word)))
        // Which of the two the user has is not told apart, so both must do.
        || (answers.HasFlag(MfaAnswers.PhishingResistant) && Allows(strength, "fido2") && Allows(strength, "windowsHelloForBusiness"));

    /// <summary>The answers for people.</summary>
    public static string InWords(MfaAnswers answers) => answers == MfaAnswers.None
        ? "nothing"
        : string.Join(", ", Enum.GetValues<MfaAnswers>().Where(answer => answer != MfaAnswers.None && answers.HasFlag(answer)).Select(static answer => answer switch
        {
            MfaAnswers.Sms => "text messages",
            MfaAnswers.Voice => "calls",
            MfaAnswers.Push => "Microsoft Authenticator",
            MfaAnswers.SoftwareOath => "a software token",
            MfaAnswers.HardwareOath => "a hardware token",
            _ => "a method that resists phishing",
        }));

    private static bool Allows(AuthenticationStrength strength, params ReadOnlySpan<string> words)
    {
        foreach (var combination in strength.Combinations)
        {
            if (combination.SetEquals(words.ToArray()) && !strength.Narrowed.Contains(string.Join(',', combination)))
            {
                return true;
            }
        }

        return false;
    }
}
