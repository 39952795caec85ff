namespace MfaPlan.Core.Rollbacks;

/// <summary>How a step of the way back is done.</summary>
public enum WayBackKind
{
    /// <summary>The runner undoes it.</summary>
    Automatic = 0,

    /// <summary>A person does it.</summary>
    ByHand = 1,

    /// <summary>Nobody can, or a guard refuses it as things stand; the reason says which.</summary>
    Impossible = 2,

    /// <summary>It could not be read what would happen.</summary>
    Unknown = 3,

    /// <summary>It is back already.</summary>
    Nothing = 4,
}
