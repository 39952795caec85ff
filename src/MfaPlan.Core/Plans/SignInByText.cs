namespace MfaPlan.Core.Plans;

/// <summary>Whether a mobile number may become a sign-in name.</summary>
public enum SignInByText
{
    /// <summary>It may not.</summary>
    Forbid = 0,

    /// <summary>As the tenant has it.</summary>
    Leave = 1,
}
