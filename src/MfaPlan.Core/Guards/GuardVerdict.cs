namespace MfaPlan.Core.Guards;

/// <summary>What a guard says.</summary>
public enum GuardVerdict
{
    /// <summary>Nothing stands in the way.</summary>
    Holds = 0,

    /// <summary>What it judges could not be read: the stage waits.</summary>
    Unknown = 1,

    /// <summary>The stage is refused.</summary>
    Refuses = 2,
}
