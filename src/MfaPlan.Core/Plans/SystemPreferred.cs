namespace MfaPlan.Core.Plans;

/// <summary>What becomes of system-preferred authentication.</summary>
public enum SystemPreferred
{
    /// <summary>As it is.</summary>
    Leave = 0,

    /// <summary>Switched on.</summary>
    Enable = 1,

    /// <summary>Switched off.</summary>
    Disable = 2,
}
