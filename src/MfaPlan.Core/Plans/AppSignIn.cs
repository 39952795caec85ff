using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Sign-in as an application; at most one credential.</summary>
public sealed record AppSignIn
{
    /// <summary>The application's id.</summary>
    [Description("The application's id.")]
    public string? ClientId { get; init; }

    /// <summary>A certificate.</summary>
    [Description("A certificate.")]
    public CertificateRef? Certificate { get; init; }

    /// <summary>A secret from the environment.</summary>
    [Description("A secret from the environment.")]
    public SecretRefPart? ClientSecret { get; init; }

    /// <summary>Federated sign-in of the workload.</summary>
    [Description("Federated sign-in of the workload.")]
    public bool WorkloadIdentity { get; init; }

    /// <summary>The managed identity of the machine.</summary>
    [Description("The managed identity of the machine.")]
    public bool ManagedIdentity { get; init; }
}
