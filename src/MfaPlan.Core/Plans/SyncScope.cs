namespace MfaPlan.Core.Plans;

/// <summary>Whom sync looks at.</summary>
public enum SyncScope
{
    /// <summary>The groups of the plan.</summary>
    Groups = 0,

    /// <summary>Every source user.</summary>
    All = 1,
}
