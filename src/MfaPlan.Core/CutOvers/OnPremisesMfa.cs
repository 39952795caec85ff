using MfaPlan.Core.Plans;

namespace MfaPlan.Core.CutOvers;

/// <summary>
/// Whether MFA behind a domain's identity provider is proved alive, so that users may be sent there. It is where the plan says that a third party
/// does it, and names the evidence. MFA Server never is: Microsoft's cloud has not answered for it since 30 September 2024, so whoever is sent
/// there meets a dead server, whatever the evidence says.
/// </summary>
/// <seealso href="https://learn.microsoft.com/entra/identity/authentication/how-to-migrate-mfa-server-to-azure-mfa"/>
public static class OnPremisesMfa
{
    /// <summary>Why a domain's users must not be sent back to its identity provider for MFA; null where they may.</summary>
    /// <param name="domain">The plan's part; null where the plan does not list the domain.</param>
    public static string? WhyNot(Domain? domain) => domain switch
    {
        null => "the plan's domains do not list it, so nobody says where its MFA happens",
        { MfaToday: MfaToday.MfaServer } =>
            "by the plan its MFA happens on MFA Server, which has not authenticated anybody since 2024-09-30: users would be sent to a dead server",
        { MfaToday: not MfaToday.ThirdParty } => "by the plan no third party does MFA behind its identity provider, so users would find none there",
        { Evidence: { } evidence } when !string.IsNullOrWhiteSpace(evidence) => null,
        _ => "the plan says that a third party does its MFA and names no evidence for it; name it in domains[].evidence",
    };
}
