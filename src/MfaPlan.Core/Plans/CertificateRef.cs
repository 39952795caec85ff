using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>A certificate file.</summary>
public sealed record CertificateRef
{
    /// <summary>A .pfx or .pem file, relative to the plan.</summary>
    [Description("A .pfx or .pem file, relative to the plan.")]
    public required string File { get; init; }

    /// <summary>The file's password.</summary>
    [Description("The file's password.")]
    public SecretRefPart? Password { get; init; }
}
