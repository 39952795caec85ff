using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.CutOvers;

/// <summary>
/// From a user whom a cut-over moves to that user's unit. It has no change, for the domain is what is written; it says whether the user was
/// proved able to answer a demand of the cloud, or is accepted, or refuses the stage. Pure; one user at a time.
/// </summary>
public static class CutOverPlanner
{
    /// <summary>Plans one user.</summary>
    /// <param name="context">The cut-over.</param>
    /// <param name="user">An enabled user of a domain that is to be switched.</param>
    /// <param name="methods">Every method, as read now.</param>
    /// <returns>The unit, and what was proved; nothing where the methods were not read.</returns>
    public static (Unit Unit, UserProof? Proof) ForUser(CutOverContext context, DirectoryUser user, Observed<UserMethods> methods)
    {
        var unit = new Unit(UnitId.ForUser(user.Id), StageId.CutOver, [], [])
        {
            Name = user.PrincipalName,
            Administrator = context.Administrators.Contains(user.Id),
            Guest = user.Guest,
        };
        if (methods is Observed<UserMethods>.Unknown { Code: var code })
        {
            return (unit with
            {
                Unknown = code,
                Findings = [FindingCatalog.Unread.Found().With("code", code).With("remedy", Denial.Remedy(code, Denial.Methods))],
            }, null);
        }

        var proof = context.Proof.Judge(new ProofUser(user, Federated: true), methods, after: null);
        if (proof.IsUnknown || proof.Demand is MfaDemand.Unknown)
        {
            return (unit with { Usability = proof.Usability, Unknown = ProofFindings.CannotJudge.Code, Findings = proof.Findings }, proof);
        }

        return (unit with { Usability = proof.Usability, Findings = Findings(context, user, proof, WhyNot(context, user, proof)) }, proof);
    }

    /// <summary>Whether a user as planned lets the stage go on: proved, or accepted.</summary>
    public static bool LetsPass(Unit unit) =>
        unit.Unknown is null && !unit.Findings.Any(static finding => finding.Code == CutOverFindings.LockedOut.Code);

    /// <summary>Whether an exception in force accepts the user, who is not proved.</summary>
    public static bool IsAccepted(Unit unit) => unit.Findings.Any(static finding => finding.Code == CutOverFindings.Accepted.Code);

    /// <summary>The finding of an exception that counts for nothing.</summary>
    public static Finding Idle(AcceptedUser exception, string why) => CutOverFindings.IdleException.Found()
        .With("row", exception.Row.ToString(CultureInfo.InvariantCulture)).With("why", why);

    private static string? WhyNot(CutOverContext context, DirectoryUser user, UserProof proof) =>
        context.Routing.LeftOut(user) is { } leftOut ? "is not to be moved: " + leftOut.Values.First(static value => value.Name == "why").Text
            : proof.Usability is { Now: false } ? "has no method that Entra lets the user answer a demand with"
            : !proof.Holds ? "is not proved able to answer a demand of Entra, as the findings say"
            : null;

    private static ImmutableArray<Finding> Findings(CutOverContext context, DirectoryUser user, UserProof proof, string? why)
    {
        var exception = context.Exceptions.Of(user.Id);
        if (why is null)
        {
            return exception is null ? proof.Findings : proof.Findings.Add(Idle(exception, "the user can answer a demand of Entra without it"));
        }

        if (exception is null)
        {
            return [.. proof.Findings, CutOverFindings.LockedOut.Found().With("why", why)];
        }

        if (proof.Demand is not MfaDemand.By && proof.Lockout != LockoutVerdict.Disabled)
        {
            return
            [
                .. proof.Findings,
                CutOverFindings.LockedOut.Found().With("why", "is demanded no MFA by Entra after the switch"),
                Idle(exception, "an exception accepts that a user is locked out, not that MFA is demanded of nobody"),
            ];
        }

        var date = exception.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return context.Terms.Today < exception.Expires
            ?
            [
                .. proof.Findings,
                CutOverFindings.Accepted.Found().With("why", why).With("row", exception.Row.ToString(CultureInfo.InvariantCulture))
                    .With("date", date).With("owner", exception.Owner).WithLabel("reason", exception.Reason),
            ]
            : [.. proof.Findings, CutOverFindings.LockedOut.Found().With("why", why), Idle(exception, $"it expired on {date}")];
    }
}
