using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Proofs;

/// <summary>What was proved about moving one user.</summary>
/// <param name="User">Object id.</param>
/// <param name="Lockout">Whether the user could be locked out.</param>
/// <param name="Usability">The three words of the lockout proof; null where the methods could not be read.</param>
/// <param name="Demand">What demands MFA of the user after the move.</param>
/// <param name="Findings">What a person must know; empty where all is proved and there is nothing to say.</param>
public sealed record UserProof(Guid User, LockoutVerdict Lockout, Usability? Usability, MfaDemand Demand, ImmutableArray<Finding> Findings)
{
    /// <summary>Whether the user may be moved: not locked out, and no gap. A disabled account may.</summary>
    public bool Holds => Lockout == LockoutVerdict.Disabled || (Lockout < LockoutVerdict.Disabled && Demand is MfaDemand.By);

    /// <summary>Whether something could not be judged and nothing else stands in the way.</summary>
    public bool IsUnknown => !Holds && Lockout <= LockoutVerdict.Unknown && Demand is not MfaDemand.Gap;
}
