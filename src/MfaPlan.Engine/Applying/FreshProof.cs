using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Applying;

/// <summary>
/// Proves again, from reads in the instant before the write, that a user who is moved can answer the cloud's demand and that one is made. What
/// demands MFA is read once, when the wave opens.
/// </summary>
/// <param name="tenant">The tenant, for the account.</param>
/// <param name="looks">The same tenant, for the methods.</param>
/// <param name="move">What the proof goes by.</param>
public sealed class FreshProof(ITenantReader tenant, ITenantLooks looks, MoveContext move)
{
    /// <summary>The code of an account that is gone.</summary>
    public const string Gone = "userGone";

    /// <summary>What stands in the way of a unit, as the code of a finding or of a read; null where nothing does, or it moves nobody into the cloud's MFA.</summary>
    public async Task<string?> StandsInTheWayAsync(Unit unit, CancellationToken cancellationToken)
    {
        if (!unit.Changes.Any(static change => change is Change.RouteUser { After: true }))
        {
            return null;
        }

        return await tenant.FindUserAsync(unit.Id.User.ToString("D"), cancellationToken) switch
        {
            Observed<ImmutableArray<DirectoryUser>>.Unknown unknown => unknown.Code,
            Observed<ImmutableArray<DirectoryUser>>.Seen { Value: [var user] } => move.Routing.LeftOut(user)?.Code ?? Judge(
                move.Proof.Judge(
                    new ProofUser(user, Federated: true), await looks.LookAsync(user.Id, MethodParts.Methods, [], cancellationToken), after: null)),
            _ => Gone,
        };
    }

    private static string? Judge(UserProof proof) => proof.Holds
        ? null
        : proof.Findings.FirstOrDefault(static finding => FindingCatalog.Of(finding).Descriptor.Severity == Severity.Error)?.Code
            ?? ProofFindings.CannotJudge.Code;
}
