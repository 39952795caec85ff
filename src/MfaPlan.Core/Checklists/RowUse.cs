namespace MfaPlan.Core.Checklists;

/// <summary>What people say of a feature.</summary>
public enum RowUse
{
    /// <summary>It is in use.</summary>
    Used = 0,

    /// <summary>It is not.</summary>
    NotUsed = 1,
}
