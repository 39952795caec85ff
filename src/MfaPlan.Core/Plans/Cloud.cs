namespace MfaPlan.Core.Plans;

/// <summary>The Microsoft cloud a tenant is in.</summary>
public enum Cloud
{
    /// <summary>The public cloud, GCC included.</summary>
    Global = 0,

    /// <summary>US Government L4 (GCC High).</summary>
    UsGov = 1,

    /// <summary>US Government L5 (DoD).</summary>
    UsGovDoD = 2,

    /// <summary>Operated by 21Vianet.</summary>
    China = 3,
}
