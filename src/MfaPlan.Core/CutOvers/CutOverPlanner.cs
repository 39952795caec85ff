using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
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
    public static Unit ForUser(CutOverContext context, DirectoryUser user, Observed<UserMethods> methods)
    {
        var unit = new Unit(UnitId.ForUser(user.Id), StageId.CutOver, [], [])
        {
            Name = user.PrincipalName,
            Administrator = context.Administrators.Contains(user.Id),
            Guest = user.Guest,
        };
        if (methods is not Observed<UserMethods>.Seen { Value: var seen })
        {
            var code = ((Observed<UserMethods>.Unknown)methods).Code;
            return unit with
            {
                Unknown = code,
                Findings = [FindingCatalog.Unread.Found().With("code", code).With("remedy", Denial.Remedy(code, Denial.Methods))],
            };
        }

        var opinion = context.Terms.Proof(user, seen, context.Policy);
        var why = WhyNot(context, user, opinion);
        return unit with { Usability = opinion.Usability, Findings = Findings(context, user, opinion, why) };
    }

    /// <summary>Whether a user as planned lets the stage go on: proved, or accepted.</summary>
    public static bool LetsPass(Unit unit) =>
        unit.Unknown is null && !unit.Findings.Any(static finding => finding.Code == CutOverFindings.LockedOut.Code);

    /// <summary>The finding of an exception that counts for nothing.</summary>
    public static Finding Idle(AcceptedUser exception, string why) => CutOverFindings.IdleException.Found()
        .With("row", exception.Row.ToString(CultureInfo.InvariantCulture)).With("why", why);

    private static string? WhyNot(CutOverContext context, DirectoryUser user, RoutingOpinion opinion) =>
        context.NeverRoute.FirstOrDefault(protect => protect.Members.Contains(user.Id)) is { Group: { } group }
            ? $"is in {group}, which protect.neverRoute says is never moved"
            : !opinion.Usability.Now ? "has no method that Entra lets the user answer a demand with"
            : !opinion.Holds ? "is not proved able to answer a demand of Entra, as the findings say"
            : null;

    private static ImmutableArray<Finding> Findings(CutOverContext context, DirectoryUser user, RoutingOpinion opinion, string? why)
    {
        var exception = context.Exceptions.Of(user.Id);
        if (why is null)
        {
            return exception is null ? opinion.Findings : opinion.Findings.Add(Idle(exception, "the user can answer a demand of Entra without it"));
        }

        if (exception is null)
        {
            return [.. opinion.Findings, CutOverFindings.LockedOut.Found().With("why", why)];
        }

        var date = exception.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return context.Terms.Today < exception.Expires
            ?
            [
                .. opinion.Findings,
                CutOverFindings.Accepted.Found().With("why", why).With("row", exception.Row.ToString(CultureInfo.InvariantCulture))
                    .With("date", date).With("owner", exception.Owner).WithLabel("reason", exception.Reason),
            ]
            : [.. opinion.Findings, CutOverFindings.LockedOut.Found().With("why", why), Idle(exception, $"it expired on {date}")];
    }
}
