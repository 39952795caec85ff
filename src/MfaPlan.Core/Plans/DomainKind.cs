namespace MfaPlan.Core.Plans;

/// <summary>What the author expects of a domain.</summary>
public enum DomainKind
{
    /// <summary>Entra authenticates.</summary>
    Managed = 0,

    /// <summary>An identity provider of the company authenticates.</summary>
    Federated = 1,
}
