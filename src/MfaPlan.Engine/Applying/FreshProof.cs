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
/// Proves again, from reads in the instant before the write, that whoever is moved can answer the cloud's demand and that one is made: a user who
/// becomes a member, and every member whom a group brings along that is added, or that a rollout moves which is switched on. What demands MFA is
/// read once, when the wave opens.
/// </summary>
/// <param name="tenant">The tenant, for accounts, the rollout and its groups.</param>
/// <param name="looks">The same tenant, for the methods.</param>
/// <param name="move">What the proof goes by.</param>
public sealed class FreshProof(ITenantReader tenant, ITenantLooks looks, MoveContext move)
{
    /// <summary>The code of an account that is gone.</summary>
    public const string Gone = "userGone";

    /// <summary>What stands in the way of a unit, as the code of a finding or of a read; null where nothing does, or it moves nobody into the cloud's MFA.</summary>
    public async Task<string?> StandsInTheWayAsync(Unit unit, CancellationToken cancellationToken)
    {
        if (unit.Changes.Any(static change => change is Change.RouteUser { After: true }))
        {
            return await JudgeAsync(unit.Id.User, cancellationToken);
        }

        var (members, unread) = await BroughtAlongAsync(unit, cancellationToken);
        foreach (var member in members.Order())
        {
            if (await JudgeAsync(member, cancellationToken) is { } code)
            {
                return code;
            }
        }

        return unread;
    }

    /// <summary>The members whom a unit of the rollout moves at once, or the code of a read that failed.</summary>
    private async Task<(ImmutableHashSet<Guid> Members, string? Unread)> BroughtAlongAsync(Unit unit, CancellationToken cancellationToken)
    {
        var groups = unit.Changes.OfType<Change.AttachGroup>().Where(static attach => attach.After).Select(static attach => attach.Group).ToHashSet();
        if (unit.Changes.Any(static change => change is Change.EnableRollout { After: true }))
        {
            switch (await tenant.ReadRolloutAsync(cancellationToken))
            {
                case Observed<RolloutPolicy?>.Seen seen:
                    groups.UnionWith(seen.Value?.Groups ?? []);
                    break;
                case Observed<RolloutPolicy?>.Unknown unknown:
                    return ([], unknown.Code);
            }
        }

        return await GroupUsers.ReadAsync(tenant, groups, cancellationToken);
    }

    private async Task<string?> JudgeAsync(Guid id, CancellationToken cancellationToken) =>
        await tenant.FindUserAsync(id.ToString("D"), cancellationToken) switch
        {
            Observed<ImmutableArray<DirectoryUser>>.Unknown unknown => unknown.Code,
            Observed<ImmutableArray<DirectoryUser>>.Seen { Value: [var user] } => move.Routing.LeftOut(user)?.Code ?? Judge(
                move.Proof.Judge(
                    new ProofUser(user, Federated: true), await looks.LookAsync(user.Id, MethodParts.Methods, [], cancellationToken), after: null)),
            _ => Gone,
        };

    private static string? Judge(UserProof proof) => proof is { Holds: true, Lockout: not LockoutVerdict.Disabled }
        ? null
        : proof.Findings.FirstOrDefault(static finding => FindingCatalog.Of(finding).Descriptor.Severity == Severity.Error)?.Code
            ?? ProofFindings.CannotJudge.Code;
}
