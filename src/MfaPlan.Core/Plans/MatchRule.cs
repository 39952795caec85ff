namespace MfaPlan.Core.Plans;

/// <summary>A way to find the source record of a user.</summary>
public enum MatchRule
{
    /// <summary>A row of the overrides file.</summary>
    Override = 0,

    /// <summary>Source username equals user principal name.</summary>
    Upn = 1,

    /// <summary>Source SID equals the on-premises security identifier.</summary>
    Sid = 2,

    /// <summary>Source username equals domain and account name.</summary>
    DomainSam = 3,

    /// <summary>An attribute in Active Directory leads to a SID.</summary>
    AdAttribute = 4,
}
