using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.CutOvers;

/// <summary>Judges whether a user whom a stage moves could answer an MFA demand of the cloud.</summary>
/// <param name="user">The user.</param>
/// <param name="methods">Every method of the user, as read now.</param>
/// <param name="policy">The authentication methods policy.</param>
public delegate RoutingOpinion RoutingProof(DirectoryUser user, UserMethods methods, MethodsPolicy policy);

/// <summary>What a proof came to for a user.</summary>
/// <param name="Usability">Whether the user can answer a demand.</param>
/// <param name="Findings">What a person must know of it.</param>
public sealed record RoutingOpinion(Usability Usability, ImmutableArray<Finding> Findings)
{
    /// <summary>Whether the user may be moved: can answer a demand, and nothing of what was found is an error.</summary>
    public bool Holds => Usability.Now && !Findings.Any(static finding => FindingCatalog.Of(finding).Descriptor.Severity == Severity.Error);
}

/// <summary>The proofs there are.</summary>
public static class RoutingProofs
{
    /// <summary>A method that the policy lets the user use; phones alone are told, not refused.</summary>
    public static RoutingProof Usable { get; } = static (user, methods, policy) =>
    {
        var usability = UsabilityRule.Judge(user.Id, methods, methods, policy);
        return new RoutingOpinion(usability, usability is { Now: true, Survives: false }
            ? [FindingCatalog.PhonesAlone()]
            : []);
    };
}
