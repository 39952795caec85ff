namespace MfaPlan.Core.Tenants;

/// <summary>A domain of the tenant.</summary>
/// <param name="Name">The domain name, which is its id.</param>
/// <param name="Federated">authenticationType is Federated.</param>
public sealed record DirectoryDomain(string Name, bool Federated);
