using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Rollbacks;

/// <summary>
/// Routing goes back before data. While a wave or the cut-over stands, the users it moved answer with the methods that an earlier stage brought over or
/// opened; to take those away first could lock them out, though a rollback keeps a last method: what is left need not be what Conditional Access demands.
/// </summary>
public static class RoutingFirst
{
    /// <summary>A later stage stands on what would be undone.</summary>
    public static readonly DiagnosticDescriptor LaterStage = new("MFP3205", Severity.Error, "A later stage stands");

    /// <summary>The word on the way back of users' methods.</summary>
    /// <param name="above">The runs of later stages that stand, see <see cref="StandingRuns.Above"/>; none says nothing.</param>
    /// <param name="users">Users with a change whom a stage above has moved.</param>
    public static ImmutableArray<GuardResult> OfMethods(ImmutableArray<RunRecord> above, long users) => above.IsEmpty ? [] :
    [
        users == 0
            ? new(LaterStage.Code, GuardVerdict.Holds, $"Nobody whose methods go back was moved by a later stage that stands ({Names(above)}).")
            : new(LaterStage.Code, GuardVerdict.Refuses,
                $"{Counted.Of(users, "user")} whose methods would be taken back answer with them: {Names(above)} stands and has moved them to the cloud's MFA. "
                + $"Routing goes first: {First(above)}. Or undo others only, with --user."),
    ];

    /// <summary>The word on the way back of the authentication methods policy.</summary>
    /// <param name="above">See <see cref="OfMethods"/>.</param>
    /// <param name="closes">Whether it closes a method; a registration campaign alone asks nobody less.</param>
    /// <param name="moved">Whom the stages above have moved.</param>
    public static ImmutableArray<GuardResult> OfPolicy(ImmutableArray<RunRecord> above, bool closes, MovedUsers moved) =>
        !above.Any(static run => StageId.Parse(run.Stage) > StageId.Migrate) ? [] :
    [
        closes && moved.HasAny
            ? new(LaterStage.Code, GuardVerdict.Refuses,
                $"The policy would close methods that users answer with: {Names(above)} stands and has moved them to the cloud's MFA. Routing goes first: {First(above)}.")
            : new(LaterStage.Code, GuardVerdict.Holds,
                $"Nothing that users answer with is closed, or nobody is moved by a later stage that stands ({Names(above)})."),
    ];

    /// <summary>The word on the way back of a cut-over: a stage behind it is named, for the domains' users then meet what that stage left.</summary>
    /// <param name="above">See <see cref="OfMethods"/>.</param>
    public static ImmutableArray<GuardResult> OfDomains(ImmutableArray<RunRecord> above) => above.IsEmpty ? [] :
    [
        new(LaterStage.Code, GuardVerdict.Holds,
            $"{Names(above)} stands behind the cut-over. While it does, whoever was moved by a wave goes back to the identity provider together with everybody else of the domain, "
            + $"at once. Where the waves are to stay in force, first: {First(above)}."),
    ];

    /// <summary>The stages with their runs, the last first.</summary>
    private static string Names(ImmutableArray<RunRecord> above) =>
        string.Join(", ", above.Select(static run => $"{StageId.Parse(run.Stage).Name} (run {run.Id})"));

    private static string First(ImmutableArray<RunRecord> above) =>
        string.Join(", then ", above.Select(static run => $"mfaplan rollback PLAN --run {run.Id}"));
}
