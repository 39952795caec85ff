using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tests.Journals;
using MfaPlan.Core.Text;
using MfaPlan.Core.Waves;

namespace MfaPlan.Core.Tests.Waves;

public sealed class RetireTests
{
    private static readonly DateTimeOffset Closed = Lines.Noon.AddHours(3);
    private static readonly RolloutPolicy Rollout = new("p", "Rollout", Enabled: true, ForEverybody: false, [new Guid(1, 0, 0, new byte[8])]);

    private static Plan PlanOf(string retire = "retire: { wait: 7d }", string cutOver = "cutOver: { domains: [contoso.com] }") =>
        PlanReader.Read(new SourceText("plan.yaml", $$"""
            apiVersion: mfaplan/v1
            kind: MigrationPlan
            metadata: { name: test }
            tenant: { id: 11111111-2222-4333-8444-555555555555 }
            domains: [{ name: contoso.com, expect: federated, mfaToday: none }]
            source: { mfaServer: { users: users.csv } }
            migrate: { groups: [MFA-Migrate-All] }
            rollout:
              waves: [{ name: pilot, from: [W1], into: [R1], max: 100 }]
              {{retire}}
            {{cutOver}}
            """)).Value.ShouldNotBeNull();

    private static JournalEntry.Run Run(string id, StageId stage, string purpose = RunPurpose.Apply, string? undoes = null) =>
        Lines.Run(id, purpose, undoes) with { Stage = stage.ToText() };

    private static JournalEntry.Settle Settle(string run, UnitId unit, string change) =>
        new(Lines.Noon, run, unit, [new ChangeSettled(change, new ChangeOutcome.Applied(null))], null);

    private static JournalEntry.Close Close(string run, string result = RunResult.Complete) => new(Closed, run, result);

    private static Lines CutOver(string result = RunResult.Complete) => new Lines().Add(
        Run("cut", StageId.CutOver), Settle("cut", UnitId.Named(UnitKind.Domain, "contoso.com"), "federation.mfaBehavior"), Close("cut", result));

    private static Lines RetiredLines() => CutOver().Add(Run("ret", StageId.Retire), Settle("ret", RolloutPlanner.Id, "rollout.enabled"), Close("ret"));

    [Fact]
    public void It_is_the_last_stage_where_the_plan_asks_for_it_and_its_text_is_read_again()
    {
        StageId.Of(PlanOf()).Last().ShouldBe(StageId.Retire);
        StageId.Of(PlanOf("retire: { after: never }")).ShouldNotContain(StageId.Retire);
        StageId.Of(PlanOf("")).ShouldNotContain(StageId.Retire);
        StageId.Retire.ShouldBeGreaterThan(StageId.CutOver);
        StageId.Parse(StageId.Retire.ToText()).ShouldBe(StageId.Retire);
        StageId.Retire.ToText().ShouldBe("100001:retire");
    }

    [Theory]
    [InlineData("retire: { wait: 7d }", 7 * 24)]
    [InlineData("retire: { wait: 30h }", 30)]
    [InlineData("retire: { wait: 0s }", 24)]
    [InlineData("retire: { wait: 23h }", 24)]
    public void It_may_begin_when_the_wait_is_over_and_never_before_the_switch_counts_everywhere(string retire, int hours)
    {
        var due = RetireDue.Of(PlanOf(retire), CutOver().Fold());

        due.CutOver.ShouldBe(Closed);
        due.From.ShouldBe(Closed.AddHours(hours));
        RetireGuards.Judge(due).Verdict.ShouldBe(GuardVerdict.Holds);
    }

    [Fact]
    public void A_cut_over_that_found_every_domain_in_place_counts_from_when_that_was_noted() =>
        RetireDue.Of(PlanOf(), new Lines().Add(Run("pass", StageId.CutOver), Close("pass")).Fold()).From.ShouldBe(Closed.AddDays(7));

    public static TheoryData<string> NoCutOver => [.. Ledgers.Keys];

    private static Dictionary<string, Lines> Ledgers => new(StringComparer.Ordinal)
    {
        ["was not begun"] = new Lines(),
        ["is open"] = new Lines().Add(Run("cut", StageId.CutOver)),
        ["did not bring every domain"] = CutOver(RunResult.Incomplete),
        ["(abandoned)"] = CutOver(RunResult.Abandoned),
        ["was undone by run back"] = CutOver().Add(
            Run("back", StageId.CutOver, RunPurpose.Rollback, "cut"), Settle("back", UnitId.Named(UnitKind.Domain, "contoso.com"), "federation.mfaBehavior"), Close("back")),
    };

    [Theory]
    [MemberData(nameof(NoCutOver))]
    public void Without_a_cut_over_that_stands_it_is_refused_and_not_the_next_stage(string why)
    {
        var ledger = Ledgers[why].Fold();
        var due = RetireDue.Of(PlanOf(), ledger);

        due.From.ShouldBeNull();
        RetireGuards.Judge(due).ShouldSatisfyAllConditions(
            guard => guard.Verdict.ShouldBe(GuardVerdict.Refuses), guard => guard.Code.ShouldBe("MFP3182"), guard => guard.Message.ShouldContain(why));
        StageReport.NextOf(PlanOf(), ledger).ShouldNotBe(StageId.Retire);
    }

    [Fact]
    public void It_is_the_next_stage_once_the_cut_over_stands_until_it_is_complete()
    {
        Lines Waved() => CutOver().Add(
            Run("mig", StageId.Migrate), Close("mig"), Run("wave", StageId.Wave(0, "pilot")), Close("wave"));

        StageReport.NextOf(PlanOf(), Waved().Fold()).ShouldBe(StageId.Retire);
        StageReport.NextOf(PlanOf(), Waved().Add(Run("ret", StageId.Retire), Close("ret", RunResult.Incomplete)).Fold()).ShouldBe(StageId.Retire);
        StageReport.NextOf(PlanOf(), Waved().Add(Run("ret", StageId.Retire), Close("ret")).Fold()).ShouldBe(StageId.Migrate);
    }

    [Theory]
    [InlineData(FederationSettings.Reject, GuardVerdict.Holds)]
    [InlineData(FederationSettings.Accept, GuardVerdict.Refuses)]
    [InlineData(FederationSettings.Enforce, GuardVerdict.Refuses)]
    [InlineData("somethingNew", GuardVerdict.Refuses)]
    [InlineData(null, GuardVerdict.Refuses)]
    public void Only_a_domain_that_rejects_the_providers_MFA_leaves_it_to_Entra(string? behaviour, GuardVerdict verdict)
    {
        var word = RetireGuards.Judge([Federated(new Observed<FederationSettings?>.Seen(new("f", behaviour, "{}"), default))]).ShouldHaveSingleItem();

        word.Verdict.ShouldBe(verdict);
        word.Code.ShouldBe("MFP3181");
        word.Message.ShouldContain("contoso.com");
        word.Message.ShouldContain("3 members");
    }

    [Fact]
    public void What_was_not_read_or_is_not_listed_is_unknown_and_a_federation_that_is_nowhere_refuses()
    {
        RetireGuards.Judge([Federated(new Observed<FederationSettings?>.Unknown("403"))]).Single().Verdict.ShouldBe(GuardVerdict.Unknown);
        RetireGuards.Judge([new("contoso.org", 1, Federated: null, null, null)]).Single().Verdict.ShouldBe(GuardVerdict.Unknown);
        RetireGuards.Judge([new("contoso.com", 1, Federated: true, null, null)]).Single().Verdict.ShouldBe(GuardVerdict.Refuses);
        RetireGuards.Judge([new("contoso.io", 2, Federated: false, null, null)]).Single().Verdict.ShouldBe(GuardVerdict.Holds);
        RetireGuards.Judge([]).ShouldBeEmpty();
    }

    [Fact]
    public void A_rollout_that_is_on_is_switched_off_and_nothing_else_is_planned()
    {
        RolloutPlanner.Retire(Rollout, 3).Changes.ShouldBe([new Change.EnableRollout(After: false, "rollout.retire")]);
        RolloutPlanner.Retire(Rollout with { Enabled = false }, 0).Changes.ShouldBeEmpty();
        RolloutPlanner.Retire(null, 0).Changes.ShouldBeEmpty();
        RolloutPlanner.BackOfRetire(RolloutPlanner.Retire(Rollout, 3), Rollout with { Enabled = false }, 3).Changes.ShouldBe([new Change.EnableRollout(After: true, "undo")]);
        RolloutPlanner.BackOfRetire(RolloutPlanner.Retire(Rollout, 3), Rollout, 3).Changes.ShouldBeEmpty();
        RolloutPlanner.BackOfRetire(RolloutPlanner.Retire(Rollout, 3), null, 3).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_wave_is_refused_once_the_rollout_was_ended_unless_that_was_undone_or_it_is_on_again()
    {
        var off = Rollout with { Enabled = false };
        var ended = RetiredLines().Fold();
        var undone = RetiredLines().Add(
            Run("back", StageId.Retire, RunPurpose.Rollback, "ret"), Settle("back", RolloutPlanner.Id, "rollout.enabled"), Close("back")).Fold();
        var passed = CutOver().Add(Run("ret", StageId.Retire), Close("ret")).Fold();

        RetireGuards.JudgeWave(PlanOf(), CutOver().Fold(), off).ShouldBeNull();
        RetireGuards.JudgeWave(PlanOf(), ended, off).ShouldNotBeNull().Message.ShouldContain("--run ret");
        RetireGuards.JudgeWave(PlanOf("retire: { after: never }"), ended, off).ShouldNotBeNull();
        RetireGuards.JudgeWave(PlanOf(), ended, null).ShouldNotBeNull();
        RetireGuards.JudgeWave(PlanOf(), ended, Rollout).ShouldBeNull();
        RetireGuards.JudgeWave(PlanOf(), undone, off).ShouldBeNull();
        RetireGuards.JudgeWave(PlanOf(), passed, off).ShouldNotBeNull().Message.ShouldContain("take rollout.retire out");
        RetireGuards.JudgeWave(PlanOf("retire: { after: never }"), passed, off).ShouldBeNull();
    }

    [Fact]
    public void One_member_who_is_not_proved_refuses_the_way_back_and_so_does_a_rollout_for_everybody()
    {
        RetireGuards.JudgeBack(Rollout, 3, 0).Verdict.ShouldBe(GuardVerdict.Holds);
        RetireGuards.JudgeBack(Rollout, 3, 1).Verdict.ShouldBe(GuardVerdict.Refuses);
        RetireGuards.JudgeBack(Rollout with { ForEverybody = true }, 3, 0).Verdict.ShouldBe(GuardVerdict.Refuses);
    }

    private static ReturningDomain Federated(Observed<FederationSettings?> federation) => new("contoso.com", 3, Federated: true, "contoso.com", federation);
}
