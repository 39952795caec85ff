namespace MfaPlan.Sandbox.Http;

/// <summary>Which published limit a route draws on, besides resource units and writes.</summary>
internal enum Budget
{
    /// <summary>Identity and access: resource units, and for writes the write limit.</summary>
    Directory,

    /// <summary>Reports and audit logs: requests per 10 seconds.</summary>
    Reports,

    /// <summary>Conditional Access and named locations: requests per second, no Retry-After.</summary>
    ConditionalAccess,

    /// <summary>Hardware OATH activations per 5 minutes.</summary>
    Activations,
}
