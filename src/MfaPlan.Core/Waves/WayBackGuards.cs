using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Waves;

/// <summary>
/// Whether people can be moved back to their domain's identity provider. On-premises MFA Server stopped serving on 30 September 2024, so a domain
/// that enforces the provider's MFA leads nowhere unless somebody else does it there.
/// </summary>
public static class WayBackGuards
{
    /// <summary>The way back leads to MFA that no longer serves.</summary>
    public static readonly DiagnosticDescriptor DeadEnd = new("MFP3166", Severity.Error, "Way back to MFA that no longer serves");

    /// <summary>The word on every domain whose users go back.</summary>
    /// <param name="plan">The plan, for where MFA happens today.</param>
    /// <param name="domains">Each domain with its federation as read and the users who go back.</param>
    public static ImmutableArray<GuardResult> Judge(Plan plan, IEnumerable<(string Domain, Observed<FederationSettings?> Federation, long Users)> domains) =>
    [
        .. domains.OrderBy(static domain => domain.Domain, StringComparer.Ordinal)
            .Select(domain => Judge(domain.Domain, TodayOf(plan, domain.Domain), domain.Federation, domain.Users)),
    ];

    private static MfaToday? TodayOf(Plan plan, string name) =>
        plan.Domains.FirstOrDefault(domain => domain.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.MfaToday;

    private static GuardResult Judge(string domain, MfaToday? today, Observed<FederationSettings?> federation, long users) => federation switch
    {
        Observed<FederationSettings?>.Unknown unknown => new(DeadEnd.Code, GuardVerdict.Unknown,
            $"The federation of {domain} could not be read ({unknown.Code}), so nobody knows where its {Counted.Of(users, "user")} would be sent.{Denial.Remedy(unknown.Code, Denial.Domains)}"),
        Observed<FederationSettings?>.Seen { Value: { MfaBehavior: FederationSettings.Enforce } } when today != MfaToday.ThirdParty => Refuses(
            $"{domain} enforces the MFA of its identity provider, and the plan names no third party that does it there (domains: mfaToday). Its {Counted.Of(users, "user")} would be "
            + "sent to MFA Server, which stopped serving on 2024-09-30. Leave them where they are, or set the domain to acceptIfMfaDoneByFederatedIdp first."),
        Observed<FederationSettings?>.Seen { Value: null or { MfaBehavior: null } } when today == MfaToday.MfaServer => Refuses(
            $"{domain} has never set whose MFA counts, and the plan says that MFA Server does it today, which stopped serving on 2024-09-30. Its {Counted.Of(users, "user")} would be "
            + "sent there. Correct domains: mfaToday if that is no longer so."),
        Observed<FederationSettings?>.Seen { Value: { MfaBehavior: FederationSettings.Reject } } => new(DeadEnd.Code, GuardVerdict.Holds,
            $"{domain} rejects its identity provider's MFA, so the cloud goes on doing that of its {Counted.Of(users, "user")}, in the rollout or not."),
        _ => new(DeadEnd.Code, GuardVerdict.Holds, $"{domain}: its {Counted.Of(users, "user goes", "users go")} back to its identity provider; where that does no MFA, the cloud still does."),
    };

    private static GuardResult Refuses(string message) => new(DeadEnd.Code, GuardVerdict.Refuses, message);
}
