namespace MfaPlan.Core.Plans;

/// <summary>What becomes of a kind of account.</summary>
public enum Inclusion
{
    /// <summary>Migrated like others.</summary>
    Include = 0,

    /// <summary>Listed and left as it is.</summary>
    List = 1,

    /// <summary>Left as it is.</summary>
    Skip = 2,

    /// <summary>Listed as refused and left as it is.</summary>
    Refuse = 3,
}
