namespace MfaPlan.Core.Proofs;

/// <summary>Whether a user who is moved could be locked out.</summary>
public enum LockoutVerdict
{
    /// <summary>The user can answer now, after the stage, and after what is about to be retired.</summary>
    Proved = 0,

    /// <summary>The user has phones alone, and the plan accepts that for now.</summary>
    PhoneOnlyAccepted = 1,

    /// <summary>The account is disabled: nobody signs in, nothing is judged.</summary>
    Disabled = 2,

    /// <summary>It cannot be judged: the stage waits.</summary>
    Unknown = 3,

    /// <summary>The user has phones alone, and nobody accepts that.</summary>
    PhoneOnly = 4,

    /// <summary>The user cannot answer now or after the stage, or a policy demands a strength that the user does not meet.</summary>
    LockedOut = 5,
}
