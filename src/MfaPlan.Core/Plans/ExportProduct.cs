namespace MfaPlan.Core.Plans;

/// <summary>Another product whose export of users is read.</summary>
public enum ExportProduct
{
    /// <summary>Duo: answers of its Admin API, JSON.</summary>
    Duo = 0,

    /// <summary>Okta: users with their factors, JSON.</summary>
    Okta = 1,

    /// <summary>PingID: the report User Detailed Status, CSV.</summary>
    PingId = 2,
}
