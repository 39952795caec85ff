namespace MfaPlan.Core.Changes;

/// <summary>How the tenant stands to a change when it is looked at.</summary>
public enum Position
{
    /// <summary>Exactly as the preview saw it.</summary>
    AsBefore = 0,

    /// <summary>Exactly as the change wants it.</summary>
    AsAfter = 1,

    /// <summary>Neither: somebody changed it meanwhile.</summary>
    Other = 2,

    /// <summary>Could not be read.</summary>
    Unknown = 3,
}
