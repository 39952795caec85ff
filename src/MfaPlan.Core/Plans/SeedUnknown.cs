namespace MfaPlan.Core.Plans;

/// <summary>What becomes of a mobile app whose seed is not known.</summary>
public enum SeedUnknown
{
    /// <summary>The user must register it again.</summary>
    ReRegister = 0,

    /// <summary>Nothing is said to the user.</summary>
    Skip = 1,
}
