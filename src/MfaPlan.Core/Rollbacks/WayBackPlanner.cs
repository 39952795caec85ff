using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Waves;

namespace MfaPlan.Core.Rollbacks;

/// <summary>
/// The way back of a whole plan as things stand: routing before data, the last stage first, and then what only people could do. Each step says how it is
/// done, for how many users, and with which command or why not. Pure; what is undone and what is refused comes from the previews of the rollbacks themselves.
/// </summary>
public static class WayBackPlanner
{
    private const string Server = "server";

    /// <summary>What a rollback of users' methods leaves as it is, each with its count.</summary>
    private static readonly ImmutableArray<FindingKind> Kept =
        [FindingCatalog.LastMethodKept, FindingCatalog.ChangedSince, FindingCatalog.DefaultStays, FindingCatalog.NeededByOthers];

    /// <summary>The guide's section on rolling back.</summary>
    public static Uri Guide => GuideWayBack.Link;

    /// <summary>The steps, in order.</summary>
    public static ImmutableArray<WayBackStep> Steps(WayBackSituation situation) =>
    [
        .. situation.Runs.SelectMany(run => Of(situation, run)),
        .. situation.Runs.IsEmpty ? [] : GuideWayBack.Steps.Select(step => Of(situation, step)).OfType<WayBackStep>(),
    ];

    private static IEnumerable<WayBackStep> Of(WayBackSituation situation, RunBack back) =>
        back.Preview is not { } preview ? [Step(back, WayBackKind.Impossible, "What the run wrote", back.Users) with { Reason = back.Gone }]
        : back.Stage == StageId.CutOver ? back.Units.Select(unit => OfDomain(situation, back, preview.Footer, unit)).DefaultIfEmpty(OfAll(back, preview.Footer, "The domains of the run"))
        : back.Stage.WaveName is { } wave ? OfWave(situation, back, preview.Footer, wave)
        : back.Stage == StageId.Prepare ? [OfAll(back, preview.Footer, "The authentication methods policy: what the run opened is closed again")]
        : back.Stage == StageId.Migrate ? OfMethods(back, preview.Footer)
        : [OfAll(back, preview.Footer, "The staged rollout on again, which moves everybody in its groups")];

    private static WayBackStep OfDomain(WayBackSituation situation, RunBack back, ChangeSetFooter footer, Unit unit)
    {
        var users = situation.DomainUsers.TryGetValue(unit.Id.Name, out var count) ? count : (long?)null;
        var said = unit.Findings.Select(Sentence).ToList();
        var step = Step(back, WayBackKind.Impossible, unit.Id.Name + ": its users' MFA back to the identity provider", users) with { Reason = string.Join(' ', said) };
        if (unit.Changes.OfType<Change.SetFederatedMfa>().FirstOrDefault() is not { } change)
        {
            return unit.Findings.Any(static finding => finding.Code == CutOverFindings.Stays.Code) ? step with { Kind = WayBackKind.Nothing } : step;
        }

        var reason = users is null ? said.Append("How many users it has could not be read.") : said;
        return Judged(footer, CutOverGuards.NoWayBack.Code, step with
        {
            Kind = WayBackKind.Automatic,
            What = $"{unit.Id.Name}: federatedIdpMfaBehavior back to {change.After}",
            Arguments = "--domain " + unit.Id.Name,
            Reason = string.Join(' ', reason.Concat(footer.Guards
                .Where(static guard => guard.Code == RoutingFirst.LaterStage.Code).Select(static guard => guard.Message))),
        });
    }

    private static IEnumerable<WayBackStep> OfWave(WayBackSituation situation, RunBack back, ChangeSetFooter footer, string wave)
    {
        var rollout = back.Units.FirstOrDefault(static unit => unit.Id == RolloutPlanner.Id);
        var step = OfAll(back, footer, $"The wave {wave}: its groups leave the staged rollout, then the members that the run added leave the groups");
        yield return step.Kind == WayBackKind.Automatic && situation.RolloutByHand && rollout is { Changes.IsEmpty: false }
            ? step with
            {
                Kind = WayBackKind.ByHand,
                Reason = "The staged rollout is changed by a signed-in Hybrid Identity Administrator only: the command prints the requests, and goes on when it sees them done. " + step.Reason,
            }
            : step;
        foreach (var stays in (rollout?.Findings ?? []).Where(static finding => finding.Code == RoutingFindings.RolloutStays.Code))
        {
            yield return Step(back, WayBackKind.Impossible, "The policy of the staged rollout taken away", 0) with { Reason = Sentence(stays) };
        }
    }

    private static IEnumerable<WayBackStep> OfMethods(RunBack back, ChangeSetFooter footer)
    {
        yield return OfAll(back, footer, "Users' methods: what the run wrote, where it still is as it was written. Data: only when asked for, after the routing");
        foreach (var kind in Kept.Where(kind => footer.Totals.Of(kind.Code) > 0))
        {
            yield return Step(back, WayBackKind.Impossible, $"Users' methods: {kind.Descriptor.Title} ({kind.Code})", footer.Totals.Of(kind.Code)) with
            {
                Reason = "Left as it is, and named in the preview of the rollback.",
            };
        }
    }

    /// <summary>A run that is undone as a whole.</summary>
    private static WayBackStep OfAll(RunBack back, ChangeSetFooter footer, string what) => Judged(
        footer, skip: null,
        Step(back, footer.Totals.Changed == 0 ? WayBackKind.Nothing : WayBackKind.Automatic, what, back.Users) with
        {
            Arguments = "--run " + back.Run.Id,
            Reason = footer.Totals.Changed == 0 ? "Nothing is left of it that a rollback could undo." : "",
        });

    /// <summary>The guards outweigh: what they refuse is not done as things stand. That a later stage stands is the order of the steps and no refusal.</summary>
    private static WayBackStep Judged(ChangeSetFooter footer, string? skip, WayBackStep step)
    {
        var speaks = footer.Guards.Where(guard => guard.Verdict != GuardVerdict.Holds && guard.Code != skip).ToList();
        var refused = speaks.Where(static guard => guard.Verdict == GuardVerdict.Refuses && guard.Code != RoutingFirst.LaterStage.Code).ToList();
        var unread = speaks.Where(static guard => guard.Verdict == GuardVerdict.Unknown).ToList();
        return refused.Count > 0 ? With(WayBackKind.Impossible, "Refused as things stand:", refused)
            : unread.Count > 0 ? With(WayBackKind.Unknown, "Not known:", unread)
            : speaks.Count > 0 ? step with { Reason = Joined("Not before the steps above are done: the users they move answer with it.", step.Reason) }
            : step;

        WayBackStep With(WayBackKind kind, string begin, List<GuardResult> guards) => step with
        {
            Kind = kind,
            Arguments = null,
            Reason = $"{begin} {string.Join(' ', guards.Select(static guard => $"{guard.Code} {guard.Message}"))}",
        };
    }

    /// <summary>A step of the guide, as the checklist says that it stands; null where there is nothing of it to take back.</summary>
    private static WayBackStep? Of(WayBackSituation situation, GuideBackStep step)
    {
        var done = situation.Plan.Dependencies.Where(static one => one.Status == Plans.DependencyStatus.Done).Select(static one => one.Id).ToList();
        var users = step.Users switch { GuideBackUsers.Moved => situation.Moved, GuideBackUsers.Migrated => situation.Migrated, _ => 0 };
        if ((step.OfDependencies && done.Count == 0) || (step.Users != GuideBackUsers.None && users == 0))
        {
            return null;
        }

        var opinion = step.Checklist is { } id ? Checklists.ChecklistJudge.Judge(situation.Checklist).First(one => one.Item.Id == id) : null;
        var standing = opinion?.Standing;
        if (standing == Checklists.ItemStanding.NotApplicable)
        {
            return null;
        }

        var note = opinion is null ? step.OfDependencies ? $"Moved by the plan: {string.Join(", ", done)}." : ""
            : situation.Checklist is null ? "The plan keeps no checklist, so nobody says whether it was ever done."
            : standing == Checklists.ItemStanding.Open ? $"By the checklist it was not done: {opinion.Item.Title}."
            : standing == Checklists.ItemStanding.Done ? $"By the checklist it was done: {opinion.Item.Title}."
            : $"The checklist says it was done, and its evidence is missing or another: {opinion.Item.Title}.";
        var kind = step.Kind == WayBackKind.ByHand && situation.Checklist is not null && standing == Checklists.ItemStanding.Open ? WayBackKind.Nothing : step.Kind;
        return new WayBackStep(Server, kind, step.What, users) { Reason = Joined(step.Reason, note) };
    }

    private static WayBackStep Step(RunBack back, WayBackKind kind, string what, long? users) =>
        new(back.Stage.Name, kind, what, users) { Run = back.Run.Id, Digest = back.Preview?.Digest };

    private static string Sentence(Finding finding) => FindingCatalog.Of(finding).Message(finding, reveal: false);

    private static string Joined(string one, string other) => other.Length == 0 ? one : one.Length == 0 ? other : $"{one} {other}";

    /// <summary>How many steps are of each kind, for people.</summary>
    public static string Counts(ImmutableArray<WayBackStep> steps) => string.Join(", ", Enum.GetValues<WayBackKind>()
        .Select(kind => (Kind: kind, Count: steps.Count(step => step.Kind == kind)))
        .Where(static pair => pair.Count > 0 || pair.Kind <= WayBackKind.Impossible)
        .Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Count} {WayBackStep.WordOf(pair.Kind)}")));
}
