namespace MfaPlan.Core.Plans;

/// <summary>What becomes of another value that Entra already has.</summary>
public enum ExistingValue
{
    /// <summary>It stays.</summary>
    Keep = 0,

    /// <summary>The source replaces it; counts against limits.overwrites.</summary>
    Replace = 1,
}
