namespace MfaPlan.Graph.Limiting;

/// <summary>What the service throttles apart; a refusal in one says nothing about the others.</summary>
/// <seealso href="https://learn.microsoft.com/graph/throttling-limits"/>
public enum Budget
{
    /// <summary>Users, groups, roles, domains, policies.</summary>
    Directory = 0,

    /// <summary>Users' authentication methods: a service of its own, without a published limit.</summary>
    Methods = 1,

    /// <summary>Reports and audit logs: 5 requests per 10 s.</summary>
    Reports = 2,

    /// <summary>Activations of hardware OATH tokens: 200 per 5 minutes.</summary>
    Activations = 3,

    /// <summary>Conditional Access: 1 request per second for all apps of a tenant, and a 429 without Retry-After.</summary>
    ConditionalAccess = 4,
}
