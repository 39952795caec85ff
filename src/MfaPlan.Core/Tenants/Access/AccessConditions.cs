using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants.Access;

/// <summary>At which sign-ins a policy applies; empty means that the condition is not set.</summary>
public sealed record AccessConditions
{
    /// <summary>At every sign-in.</summary>
    public static AccessConditions Always { get; } = new() { ClientApps = ["all"] };

    /// <summary>clientAppTypes; the service always sets them, so empty is not "all".</summary>
    public ImmutableArray<string> ClientApps { get; init; } = [];

    /// <summary>platforms/includePlatforms.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>platforms/excludePlatforms.</summary>
    public ImmutableArray<string> NotPlatforms { get; init; } = [];

    /// <summary>locations/includeLocations: ids, All, AllTrusted.</summary>
    public ImmutableArray<string> Locations { get; init; } = [];

    /// <summary>locations/excludeLocations.</summary>
    public ImmutableArray<string> NotLocations { get; init; } = [];

    /// <summary>signInRiskLevels, userRiskLevels, insiderRiskLevels, agentIdRiskLevels, servicePrincipalRiskLevels: each as name and level.</summary>
    public ImmutableArray<string> Risks { get; init; } = [];

    /// <summary>The filter or the states of devices, in words; null for any device.</summary>
    public string? Devices { get; init; }

    /// <summary>authenticationFlows/transferMethods, such as deviceCodeFlow.</summary>
    public ImmutableArray<string> Flows { get; init; } = [];

    /// <summary>Whether it is about workload identities, that is not about users.</summary>
    public bool Workloads { get; init; }
}
