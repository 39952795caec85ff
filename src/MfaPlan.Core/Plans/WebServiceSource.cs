using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>The Web Service SDK of a running MFA Server.</summary>
public sealed record WebServiceSource
{
    /// <summary>The address of PfWsSdk.asmx, https.</summary>
    [Description("The address of PfWsSdk.asmx, https.")]
    public required Uri Url { get; init; }

    /// <summary>User and password.</summary>
    [Description("User and password.")]
    public SecretRefPart? Credential { get; init; }
}
