namespace MfaPlan.Engine.Verifying;

/// <summary>What a look at everything that runs left in place came to.</summary>
/// <param name="Units">Units looked at.</param>
/// <param name="Unmoved">Units of which all was seen and is as it was left.</param>
/// <param name="Moved">Units of which something is not as it was left.</param>
/// <param name="Unknown">Units of which something is not known, whether or not something else moved.</param>
public sealed record DriftResult(long Units, long Unmoved, long Moved, long Unknown)
{
    /// <summary>How many of the units are no users, but stand for the whole tenant.</summary>
    public long TenantWide { get; init; }
}
