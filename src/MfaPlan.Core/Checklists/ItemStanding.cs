namespace MfaPlan.Core.Checklists;

/// <summary>Where a step stands, all considered.</summary>
public enum ItemStanding
{
    /// <summary>Not done.</summary>
    Open = 0,

    /// <summary>Done, and its evidence is there.</summary>
    Done = 1,

    /// <summary>It does not apply, with a reason.</summary>
    NotApplicable = 2,

    /// <summary>Said to be done; its evidence could not be read.</summary>
    Unknown = 3,

    /// <summary>Said to be done; its evidence is another file than it was.</summary>
    Changed = 4,
}
