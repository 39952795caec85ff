namespace MfaPlan.Core.Journals;

/// <summary>What is wrong with a line of a journal.</summary>
public enum JournalDamage
{
    /// <summary>The bytes are not a line as this program writes it.</summary>
    Malformed = 0,

    /// <summary>The hash does not belong to the line and its predecessor.</summary>
    BrokenChain = 1,

    /// <summary>The number or the epoch does not follow the line before.</summary>
    OutOfOrder = 2,

    /// <summary>
    /// The line says something that cannot be at this place, such as a settle of a run that is not open.
    /// </summary>
    OutOfPlace = 3,

    /// <summary>A newer program wrote the line.</summary>
    NewerFormat = 4,
}
