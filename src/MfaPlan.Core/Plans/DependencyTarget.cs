namespace MfaPlan.Core.Plans;

/// <summary>What takes its place.</summary>
public enum DependencyTarget
{
    /// <summary>The NPS extension.</summary>
    NpsExtension = 0,

    /// <summary>SAML or OpenID Connect.</summary>
    Saml = 1,

    /// <summary>Application proxy.</summary>
    ApplicationProxy = 2,

    /// <summary>Entra Domain Services.</summary>
    DomainServices = 3,

    /// <summary>Nothing: it is retired.</summary>
    Retired = 4,

    /// <summary>Something else.</summary>
    Other = 5,
}
