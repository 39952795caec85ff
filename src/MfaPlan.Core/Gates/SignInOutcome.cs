namespace MfaPlan.Core.Gates;

/// <summary>What a sign-in says about MFA.</summary>
public enum SignInOutcome
{
    /// <summary>It succeeded, and says nothing of a fresh MFA.</summary>
    Succeeded = 0,

    /// <summary>The user was asked for something more and may have gone on; no failure.</summary>
    Interrupted = 1,

    /// <summary>It failed for what is not about MFA, such as a wrong password.</summary>
    NotOfMfa = 2,

    /// <summary>MFA failed, or nobody knows why it failed.</summary>
    Failed = 3,
}
