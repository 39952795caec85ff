namespace MfaPlan.Core.Plans;

/// <summary>Where a dependency stands.</summary>
public enum DependencyStatus
{
    /// <summary>It still leans on MFA Server.</summary>
    Open = 0,

    /// <summary>It is being moved.</summary>
    InProgress = 1,

    /// <summary>It no longer does.</summary>
    Done = 2,
}
