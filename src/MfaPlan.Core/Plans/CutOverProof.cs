namespace MfaPlan.Core.Plans;

/// <summary>Over whom the lockout proof of a cut-over runs.</summary>
public enum CutOverProof
{
    /// <summary>Every enabled user of the domain and its child domains.</summary>
    AllEnabledUsersOfDomain = 0,
}
