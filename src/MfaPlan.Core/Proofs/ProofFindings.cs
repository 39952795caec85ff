using System.Collections.Immutable;
using MfaPlan.Core.Rules;

namespace MfaPlan.Core.Proofs;

/// <summary>What a proof can find about a user who is to be moved: codes MFP3130 to MFP3139.</summary>
public static class ProofFindings
{
    /// <summary>No method answers.</summary>
    public static readonly FindingKind NoMethod = FindingKind.Refuse("MFP3130", "Locked out: no method",
        "The user can answer an MFA demand with no method {when}, so the move would lock the user out. Let the user register one that the authentication methods policy allows.");

    /// <summary>Phones alone.</summary>
    public static readonly FindingKind PhonesAlone = FindingKind.Refuse("MFP3131", "Phones alone, not accepted",
        "Every method of the user is a phone, which Microsoft stops serving on {end}, and {why}. Have the user register another method, or accept the group in protect.phoneOnly until a day before.");

    /// <summary>Phones alone, which the plan accepts.</summary>
    public static readonly FindingKind PhonesAccepted = FindingKind.Warn("MFP3132", "Phones alone, accepted",
        "Every method of the user is a phone, which Microsoft stops serving on {end}. The plan accepts it until {until} ({followUp}); by then the user needs another method.");

    /// <summary>Nothing demands MFA.</summary>
    public static readonly FindingKind NoDemand = FindingKind.Refuse("MFP3133", "MFA gap",
        "After the move nothing demands MFA of the user at every sign-in: {why}. Put the user into the scope of an enforced policy for all resources first.");

    /// <summary>A strength that the user cannot meet.</summary>
    public static readonly FindingKind OutOfReach = FindingKind.Refuse("MFP3134", "Locked out: strength out of reach",
        "The policy {policy} demands {what} {where}, and what the user can answer with ({has}) does not meet it. Have the user register a method that does, or let the policy exclude the user.");

    /// <summary>The same at particular resources or occasions.</summary>
    public static readonly FindingKind OutOfReachThere = FindingKind.Warn("MFP3135", "Strength out of reach in places",
        "The policy {policy} demands {what}, {where}. What the user can answer with ({has}) is not proved to meet it, so the user has no access there.");

    /// <summary>A policy that blocks.</summary>
    public static readonly FindingKind Blocked = FindingKind.Warn("MFP3136", "Blocked by a policy",
        "The policy {policy} blocks the user, or may: {where}. MFA does not help there, before the move as after it.");

    /// <summary>Something that cannot be judged.</summary>
    public static readonly FindingKind CannotJudge = FindingKind.Refuse("MFP3137", "Cannot be proved",
        "{what} cannot be judged: {why}. What is not proved is not taken as fine; mend the cause and preview again.");

    /// <summary>An account that is left out.</summary>
    public static readonly FindingKind LeftOut = FindingKind.Warn("MFP3138", "Not moved",
        "The account is not moved to Entra MFA: {why}.");

    /// <summary>What demands MFA.</summary>
    public static readonly FindingKind Demanded = FindingKind.Info("MFP3139", "MFA demanded in Entra",
        "The policy {policy} demands MFA of the user at every sign-in to every resource.");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<FindingKind> All { get; } =
        [NoMethod, PhonesAlone, PhonesAccepted, NoDemand, OutOfReach, OutOfReachThere, Blocked, CannotJudge, LeftOut, Demanded];
}
