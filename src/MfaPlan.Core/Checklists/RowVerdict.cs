namespace MfaPlan.Core.Checklists;

/// <summary>What becomes of a feature of MFA Server.</summary>
public enum RowVerdict
{
    /// <summary>The plan carries it over.</summary>
    CarriedOver = 0,

    /// <summary>There is nothing to do.</summary>
    NothingToDo = 1,

    /// <summary>People set it up in Microsoft Entra, or users do something.</summary>
    ByHand = 2,

    /// <summary>Something leans on MFA Server that must be moved first.</summary>
    Blocking = 3,

    /// <summary>Nobody said whether it is in use.</summary>
    NotAnswered = 4,
}
