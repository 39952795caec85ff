namespace MfaPlan.Core.Checklists;

/// <summary>What people say of a step.</summary>
public enum ItemState
{
    /// <summary>Not done yet.</summary>
    Open = 0,

    /// <summary>Done, with evidence.</summary>
    Done = 1,

    /// <summary>It does not apply here, with a reason.</summary>
    NotApplicable = 2,
}
