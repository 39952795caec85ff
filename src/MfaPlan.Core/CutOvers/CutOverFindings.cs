using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Rules;

namespace MfaPlan.Core.CutOvers;

/// <summary>What a preview of the cut-over can find about a domain or a user: codes MFP3190 to MFP3195.</summary>
public static class CutOverFindings
{
    /// <summary>The write of a domain.</summary>
    public static readonly FindingKind Switch = new(new("MFP3190", Severity.Info, "Federation switched"),
        "federatedIdpMfaBehavior of {domain} goes from {before} to {after}, for {users} enabled users of it and its child domains at once. It can take up to 24 hours until it counts everywhere.");

    /// <summary>What a rollback could not do for a domain.</summary>
    public static readonly FindingKind NoWayBack = new(new("MFP3191", Severity.Warning, "No way back to what was"),
        "What {domain} was before the switch cannot be restored by a rollback: {why}.");

    /// <summary>A user who would be locked out.</summary>
    public static readonly FindingKind LockedOut = new(new("MFP3192", Severity.Error, "Locked out by the cut-over"),
        "The cut-over would move the user, who {why}; the whole stage is refused for it. Bring a method over, let the user register one, disable the account if it is not used, or accept it in cutOver.exceptions with owner, reason and expiry.");

    /// <summary>A user whose lockout somebody answers for.</summary>
    public static readonly FindingKind Accepted = new(new("MFP3193", Severity.Warning, "Accepted exception"),
        "The cut-over moves the user, who {why}. Row {row} of the exceptions accepts that until {date}; {owner} answers for it: {reason}.");

    /// <summary>An exception that counts for nothing.</summary>
    public static readonly FindingKind IdleException = new(new("MFP3194", Severity.Warning, "Exception without effect"),
        "Row {row} of the exceptions counts for nothing: {why}. Take it out, or correct it.");

    /// <summary>A domain that is left as it is.</summary>
    public static readonly FindingKind Stays = new(new("MFP3195", Severity.Info, "Domain stays as it is"),
        "{domain} stays as it is: {why}.");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<FindingKind> All { get; } = [Switch, NoWayBack, LockedOut, Accepted, IdleException, Stays];
}
