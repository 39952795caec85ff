namespace MfaPlan.Core.Sealing;

/// <summary>Why a sealed file cannot be read.</summary>
public enum SealFlaw
{
    /// <summary>Some byte is not what was written, or some are missing or too many.</summary>
    Broken = 0,

    /// <summary>It is sealed under a key that is not at hand.</summary>
    UnknownKey = 1,

    /// <summary>A newer program wrote it.</summary>
    NewerFormat = 2,
}
