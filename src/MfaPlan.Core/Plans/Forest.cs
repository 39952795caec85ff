using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>A forest of Active Directory.</summary>
public sealed record Forest
{
    /// <summary>An ldaps address.</summary>
    [Description("An ldaps address.")]
    public required string Server { get; init; }

    /// <summary>User and password.</summary>
    [Description("User and password.")]
    public SecretRefPart? Credential { get; init; }
}
