namespace MfaPlan.Core.Changes;

/// <summary>What a change set is for.</summary>
public enum ChangeSetPurpose
{
    /// <summary>Towards the plan.</summary>
    Apply = 0,

    /// <summary>Back to before-images.</summary>
    Rollback = 1,
}
