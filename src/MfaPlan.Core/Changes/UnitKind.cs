namespace MfaPlan.Core.Changes;

/// <summary>What a unit is about.</summary>
public enum UnitKind
{
    /// <summary>A tenant-wide policy.</summary>
    Policy = 0,

    /// <summary>A user's authentication data.</summary>
    User = 1,

    /// <summary>A wave's groups.</summary>
    Wave = 2,

    /// <summary>A domain's federation.</summary>
    Domain = 3,
}
