namespace MfaPlan.Engine.Applying;

/// <summary>Why an apply ended before all units were settled, if it did. The run stays open then, and the next apply goes on with it.</summary>
public enum ApplyStop
{
    /// <summary>It did not: every unit is settled and the run is closed.</summary>
    None = 0,

    /// <summary>The number of users for this sitting was reached.</summary>
    MaxUsers = 1,

    /// <summary>More users moved since the preview than the plan allows.</summary>
    TooManyMoved = 2,

    /// <summary>A person stopped it.</summary>
    Cancelled = 3,

    /// <summary>Units that were begun earlier could not be read, so nothing can be said of them yet.</summary>
    UnitsOpen = 4,
}
