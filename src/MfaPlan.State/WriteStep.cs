namespace MfaPlan.State;

/// <summary>The steps in which a file is written whole.</summary>
internal enum WriteStep
{
    /// <summary>The file is there, empty, under a temporary name.</summary>
    Made,

    /// <summary>It has its bytes.</summary>
    Written,

    /// <summary>They are on the disk.</summary>
    Flushed,

    /// <summary>It has its name.</summary>
    Named,
}
