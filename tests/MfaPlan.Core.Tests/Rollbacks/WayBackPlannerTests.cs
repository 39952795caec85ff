using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Rollbacks;

/// <summary>From what stands, and what its rollback would come to, to the steps of the way back.</summary>
public sealed class WayBackPlannerTests
{
    private static readonly StageId Pilot = StageId.Wave(0, "pilot");
    private static readonly StageId Retired = StageId.Parse("200000:retire");

    private static Plan Plan(string rest = "") => Planning.Cases.Plan(rest: rest);

    private static RunRecord Run(StageId stage, string id = "3f9a") => new(
        id, new string('d', 64), "plan", new string('b', 64), stage.ToText(), RunPurpose.Apply, null, Journals.Lines.Noon, RunResult.Complete, 1,
        ImmutableSortedDictionary<string, int>.Empty)
    {
        Applied = 1,
    };

    private static RunBack Back(StageId stage, long? users, Totals totals, params ImmutableArray<GuardResult> guards) =>
        new(Run(stage), new RunBackPreview(new string('c', 64), new ChangeSetFooter(totals, guards)), [], users);

    private static Totals Changed(long users, params string[] findings) => Totals.None with
    {
        Changed = users,
        ByFinding = findings.ToImmutableSortedDictionary(static code => code, static _ => 2L, StringComparer.Ordinal),
    };

    private static RunBack OfDomain(Unit unit, params ImmutableArray<GuardResult> guards) => Back(StageId.CutOver, 1, Changed(1), guards) with { Units = [unit] };

    private static Unit Domain(string? before, string rest = "mfaToday: mfaServer", string now = FederationSettings.Reject)
    {
        var change = new Change.SetFederatedMfa(new FederationSettings("f1", before, "{}"), FederationSettings.Reject, "cutOver");
        return DomainPlanner.Back(
            Plan($"domains: [{{ name: contoso.com, {rest} }}]"), new Unit(DomainPlanner.IdOf("contoso.com"), StageId.CutOver, [change], []), new FederationSettings("f1", now, "{}"));
    }

    private static WayBackStep Only(RunBack back, long? domainUsers = 12) => WayBackPlanner.Steps(new WayBackSituation(Plan(), [back], null)
    {
        DomainUsers = domainUsers is { } count ? ImmutableSortedDictionary<string, long>.Empty.Add("contoso.com", count) : ImmutableSortedDictionary<string, long>.Empty,
    }).First();

    public static TheoryData<string, Unit, WayBackKind, string> Domains => new()
    {
        { "as it was written", Domain(FederationSettings.Accept), WayBackKind.Automatic, "" },
        { "behind enforce is a dead server", Domain(FederationSettings.Enforce), WayBackKind.Impossible, "dead server" },
        { "behind enforce somebody is alive", Domain(FederationSettings.Enforce, "mfaToday: thirdParty, evidence: CHG1"), WayBackKind.Automatic, "" },
        { "never set", Domain(null), WayBackKind.Impossible, "never set" },
        { "set by others since", Domain(FederationSettings.Accept, now: FederationSettings.Enforce), WayBackKind.Impossible, "no longer has the value" },
        { "back already", Domain(FederationSettings.Accept, now: FederationSettings.Accept), WayBackKind.Nothing, "as it was before" },
    };

    [Theory]
    [MemberData(nameof(Domains))]
    public void A_domain_goes_back_to_its_before_image_or_the_reason_is_said(string what, Unit unit, WayBackKind kind, string reason)
    {
        var step = Only(OfDomain(unit));

        (step.Kind, step.Users, step.Stage).ShouldBe((kind, 12, "cutOver"), what);
        step.Reason.ShouldContain(reason);
        step.Arguments.ShouldBe(kind == WayBackKind.Automatic ? "--domain contoso.com" : null);
    }

    [Fact]
    public void Users_of_a_domain_that_could_not_be_counted_are_said_to_be_not_known() =>
        Only(OfDomain(Domain(FederationSettings.Accept)), domainUsers: null).ShouldSatisfyAllConditions(
            static step => step.Users.ShouldBeNull(), static step => step.Reason.ShouldContain("could not be read"));

    public static TheoryData<string, string, GuardVerdict, WayBackKind> Guards => new()
    {
        { "refused", "MFP3166", GuardVerdict.Refuses, WayBackKind.Impossible },
        { "not read", "MFP3103", GuardVerdict.Unknown, WayBackKind.Unknown },
        { "a later stage first, which is the order", "MFP3205", GuardVerdict.Refuses, WayBackKind.Automatic },
        { "whom a later stage moved was not read", "MFP3205", GuardVerdict.Unknown, WayBackKind.Unknown },
        { "holds", "MFP3112", GuardVerdict.Holds, WayBackKind.Automatic },
    };

    [Theory]
    [MemberData(nameof(Guards))]
    public void What_a_guard_refuses_is_not_done_as_things_stand(string what, string code, GuardVerdict verdict, WayBackKind kind)
    {
        foreach (var stage in (StageId[])[StageId.Prepare, StageId.Migrate, Pilot, Retired])
        {
            var step = Only(Back(stage, 7, Changed(7), new GuardResult(code, verdict, "because")));

            (step.Kind, step.Users).ShouldBe((kind, 7), $"{what}, {stage}");
            step.Arguments.ShouldBe(kind == WayBackKind.Automatic ? "--run 3f9a" : null);
            (kind == WayBackKind.Automatic || step.Reason.Contains("because", StringComparison.Ordinal)).ShouldBeTrue(step.Reason);
        }
    }

    [Fact]
    public void Values_that_a_rollback_keeps_are_steps_of_their_own()
    {
        var steps = WayBackPlanner.Steps(new WayBackSituation(
            Plan(), [Back(StageId.Migrate, 5, Changed(5, FindingCatalog.LastMethodKept.Code, FindingCatalog.ChangedSince.Code, "MFP3009"))], null));

        steps.Where(static step => step.Stage == "migrate").Select(static step => (step.Kind, step.Users)).ShouldBe(
            [(WayBackKind.Automatic, 5), (WayBackKind.Impossible, 2), (WayBackKind.Impossible, 2)]);
        steps.ShouldContain(static step => step.What.Contains("MFP3061", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_without_changes_left_is_nothing_and_one_without_its_before_image_is_impossible()
    {
        Only(Back(Pilot, 0, Totals.None)).Kind.ShouldBe(WayBackKind.Nothing);
        Only(new RunBack(Run(Pilot), null, [], null, "it is gone")).ShouldSatisfyAllConditions(
            static step => step.Kind.ShouldBe(WayBackKind.Impossible), static step => step.Reason.ShouldBe("it is gone"), static step => step.Users.ShouldBeNull());
    }

    [Fact]
    public void Where_a_person_changes_the_rollout_the_wave_goes_back_by_hand()
    {
        var rollout = new Unit(Core.Planning.RolloutPlanner.Id, Pilot, [new Change.AttachGroup(new Guid(1, 0, 0, new byte[8]), After: false, "undo")], []);
        var situation = new WayBackSituation(Plan(), [Back(Pilot, 3, Changed(4)) with { Units = [rollout] }], null);

        WayBackPlanner.Steps(situation)[0].Kind.ShouldBe(WayBackKind.Automatic);
        WayBackPlanner.Steps(situation with { RolloutByHand = true })[0].ShouldSatisfyAllConditions(
            static step => step.Kind.ShouldBe(WayBackKind.ByHand), static step => step.Arguments.ShouldBe("--run 3f9a"), static step => step.Users.ShouldBe(3));
    }

    [Fact]
    public void Steps_of_the_guide_are_there_for_those_who_were_moved_or_migrated_and_as_the_checklist_and_the_plan_say()
    {
        var situation = new WayBackSituation(Plan(), [Back(StageId.Migrate, 5, Changed(5))], null) { Moved = 0, Migrated = 5 };
        string Of(WayBackSituation one) =>
            string.Join('\n', WayBackPlanner.Steps(one).Where(static step => step.Stage == "server").Select(static step => $"{step.Kind} {step.Users} {step.What[..20]}"));

        Of(situation with { Runs = [] }).ShouldBe("");
        Of(situation).ShouldBe(
            """
            Impossible 0 Uninstall MFA Server
            Impossible 5 Put the backup of th
            Impossible 5 Let users register a
            Impossible 5 Carry what users cha
            """.ReplaceLineEndings("\n"));
        Of(situation with { Moved = 3, Plan = Plan("dependencies: [{ id: vpn, kind: radius, status: done }, { id: old, kind: ldap }]") }).ShouldStartWith(
            "ByHand 3 Put the AD FS access\nByHand 0 Point applications t\nImpossible 0 Uninstall MFA Server\nImpossible 5 Put the backup of th\nImpossible 3 Register MFA Server ");
        Of(situation with { Moved = null }).ShouldStartWith("ByHand  Put the AD FS access");

        var open = new ChecklistView(AnswersReader.ReadBytes("answers.yaml", "format: 1\nitems: [{ id: portalOff, state: notApplicable, reason: There is none., owner: identity@contoso.com, date: 2026-11-02 }]\n"u8.ToArray()).Value!, ImmutableSortedDictionary<string, EvidenceFile>.Empty);
        var answered = situation with { Moved = 3, Checklist = open };
        Of(answered).ShouldStartWith("Nothing 3 Put the AD FS access");
        Of(answered).ShouldNotContain("Let users register");
    }

    [Fact]
    public void A_stage_behind_the_cut_over_is_named_when_that_goes_back_and_holds_nothing_up()
    {
        var word = RoutingFirst.OfDomains([Run(Retired, "77aa")]).ShouldHaveSingleItem();

        word.Verdict.ShouldBe(GuardVerdict.Holds);
        word.Message.ShouldContain("retire (run 77aa) stands behind the cut-over");
        Only(OfDomain(Domain(FederationSettings.Accept), word)).Reason.ShouldContain("mfaplan rollback PLAN --run 77aa");
        RoutingFirst.OfDomains([]).ShouldBeEmpty();
    }
}
