using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>What becomes of mobile apps.</summary>
public sealed record MobileApp
{
    /// <summary>Where the seed is not known.</summary>
    [Description("Where the seed is not known.")]
    public SeedUnknown SeedUnknown { get; init; } = SeedUnknown.ReRegister;
}
