using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Waves;

/// <summary>
/// From a user of a wave to that user's unit: into a group of the rollout, or left where the user is, with the reason. Whoever could not answer
/// an MFA demand of the cloud is not moved. Pure; one user at a time.
/// </summary>
public static class WavePlanner
{
    private const string Rule = "rollout.waves.from";

    /// <summary>Whether a user's methods must be read: not where the account alone leaves the user out.</summary>
    public static bool NeedsMethods(WaveContext context, WaveUser user) => user.Named && !LeftOut(context, user, findings: null);

    /// <summary>Plans one user.</summary>
    /// <param name="context">The wave.</param>
    /// <param name="user">The user.</param>
    /// <param name="methods">As read now; null where <see cref="NeedsMethods"/> says that they do not matter.</param>
    /// <param name="filler">Gives the group; asked for users who are moved only.</param>
    /// <returns>The unit, and what was proved; nothing is proved of users whose account alone leaves them out.</returns>
    public static (Unit Unit, UserProof? Proof) ForUser(WaveContext context, WaveUser user, Observed<UserMethods>? methods, GroupFiller filler)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var unit = new Unit(UnitId.ForUser(user.User.Id), context.Stage, [], [])
        {
            Name = user.User.PrincipalName,
            Administrator = context.Administrators.Contains(user.User.Id),
            Guest = user.User.Guest,
        };
        if (!user.Named)
        {
            findings.Add(RoutingFindings.AddedBehindUs.Found().With("group", context.GroupOf(user.User.Id)?.Name ?? ""));
            return (unit with { Findings = findings.ToImmutable() }, null);
        }

        if (LeftOut(context, user, findings))
        {
            return (unit with { Findings = findings.ToImmutable() }, null);
        }

        if (methods is null)
        {
            throw new ArgumentException("This user's methods were needed and not given.", nameof(methods));
        }

        var proof = context.Proof.Judge(new ProofUser(user.User, Federated: true), methods, after: null);
        findings.AddRange(proof.Findings);
        var moves = proof is { Holds: true, Lockout: not LockoutVerdict.Disabled };
        if (proof.Lockout == LockoutVerdict.Disabled)
        {
            findings.Add(ProofFindings.LeftOut.Found().With("why", "it is disabled in Entra, so nothing is proved of it for the day on which it is enabled"));
        }

        if (!user.Migrated)
        {
            findings.Add(RoutingFindings.NotBroughtOver.Found());
        }

        var group = moves && context.GroupOf(user.User.Id) is null ? filler.Next() : null;
        return (unit with
        {
            Usability = proof.Usability,
            Changes = group is null ? [] : [new Change.RouteUser(group.Group.Id, After: true, Rule)],
            Findings = findings.ToImmutable(),
            Unknown = proof.IsUnknown ? (methods as Observed<UserMethods>.Unknown)?.Code ?? ProofFindings.CannotJudge.Code : null,
        }, proof);
    }

    /// <summary>The rules that leave a user out by the account alone, each with its finding.</summary>
    private static bool LeftOut(WaveContext context, WaveUser user, ImmutableArray<Finding>.Builder? findings)
    {
        var account = user.User;
        var leftOut = false;
        if (context.Routing.LeftOut(account) is { } protectedAccount)
        {
            Leave(protectedAccount);
        }

        if (!account.Synced)
        {
            Leave(RoutingFindings.RolloutNeedsSync.Found());
        }
        else if (!context.Federated.Contains(account.PrincipalName.Domain))
        {
            Leave(RoutingFindings.NotFederated.Found().With("domain", account.PrincipalName.Domain));
        }

        if (context.Elsewhere.Contains(account.Id))
        {
            Leave(RoutingFindings.RoutedElsewhere.Found());
        }

        return leftOut;

        void Leave(Finding finding)
        {
            findings?.Add(finding);
            leftOut = true;
        }
    }
}
