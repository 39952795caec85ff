using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tests.Planning;
using GivenEvidence = MfaPlan.Core.Checklists.Evidence;

namespace MfaPlan.Core.Tests.Checklists;

public sealed class ChecklistJudgeTests
{
    private static readonly string Hash = new('a', 64);

    private static readonly StageId Wave = StageId.Wave(0, "pilot");

    [Theory]
    [InlineData("prepare", "")]
    [InlineData("migrate", "dependenciesIdentified,backup,installerKept")]
    [InlineData("wave", "dependenciesIdentified,backup,installerKept,adfsVersion,adfsPolicies,providerSettings,usersInformed")]
    public void A_stage_waits_for_its_own_steps_and_for_those_of_the_stages_before_it(string stage, string waits)
    {
        var results = ChecklistJudge.Blocks(Cases.Plan(), View(), StageOf(stage));

        results.ShouldAllBe(static result => result.Verdict == GuardVerdict.Refuses && result.Code == "MFP3200");
        string.Join(',', results.Select(static result => result.Message.Split('(')[1].Split(';')[0])).ShouldBe(waits);
    }

    [Fact]
    public void A_settled_step_holds_nothing_and_is_said()
    {
        var view = View(Done("dependenciesIdentified", Text), Done("backup", FileOf("a.pfdata")), NotApplicable("installerKept")) with
        {
            Files = Files(("a.pfdata", new EvidenceFile.Hashed(Hash))),
        };

        var result = ChecklistJudge.Blocks(Cases.Plan(), view, StageId.Migrate).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(GuardVerdict.Holds);
        result.Message.ShouldContain("3 steps");
    }

    public static TheoryData<string, EvidenceFile?, ItemStanding, GuardVerdict?, string?> Evidences => new()
    {
        { "as noted", new EvidenceFile.Hashed(Hash), ItemStanding.Done, null, null },
        { "as noted, in capitals", new EvidenceFile.Hashed(Hash.ToUpperInvariant()), ItemStanding.Done, null, null },
        { "another file", new EvidenceFile.Hashed(new string('b', 64)), ItemStanding.Changed, GuardVerdict.Refuses, "MFP3202" },
        { "gone", new EvidenceFile.Unread("there is no such file."), ItemStanding.Unknown, GuardVerdict.Unknown, "MFP3201" },
        { "never looked at", null, ItemStanding.Unknown, GuardVerdict.Unknown, "MFP3201" },
    };

    [Theory]
    [MemberData(nameof(Evidences))]
    public void Evidence_that_is_missing_unreadable_or_changed_is_never_done(
        string what, EvidenceFile? found, ItemStanding standing, GuardVerdict? verdict, string? code)
    {
        var view = View(Done("backup", FileOf("a.pfdata"))) with { Files = found is null ? Files() : Files(("a.pfdata", found)) };

        var opinion = ChecklistJudge.Judge(view).Single(static one => one.Item.Id == "backup");
        var guard = ChecklistJudge.Blocks(Cases.Plan(), view, StageId.Migrate).SingleOrDefault(static result => result.Code is "MFP3201" or "MFP3202");

        opinion.Standing.ShouldBe(standing, what);
        opinion.IsSettled.ShouldBe(standing == ItemStanding.Done);
        (guard?.Verdict, guard?.Code).ShouldBe((verdict, code));
        ChecklistJudge.HeldBy(Cases.Plan(), view, StageKind.Migrate).Contains("backup").ShouldBe(standing != ItemStanding.Done);
    }

    [Fact]
    public void The_worst_of_several_files_counts()
    {
        var view = View(Done("backup", FileOf("a"), FileOf("b"), FileOf("c"))) with
        {
            Files = Files(("a", new EvidenceFile.Hashed(Hash)), ("b", new EvidenceFile.Unread("access is denied.")), ("c", new EvidenceFile.Hashed(new string('b', 64)))),
        };

        ChecklistJudge.Judge(view).Single(static one => one.Item.Id == "backup").Standing.ShouldBe(ItemStanding.Changed);
    }

    [Fact]
    public void Without_answers_every_step_is_open_and_holds_nothing()
    {
        ChecklistJudge.Judge(null).ShouldAllBe(static opinion => opinion.Standing == ItemStanding.Open);
        ChecklistJudge.Blocks(Cases.Plan(), null, StageId.CutOver).ShouldBeEmpty();
        ChecklistJudge.InputOf(null, StageId.CutOver).ShouldBeNull();
    }

    [Theory]
    [InlineData(DependencyStatus.Open, "migrate", GuardVerdict.Refuses)]
    [InlineData(DependencyStatus.InProgress, "migrate", GuardVerdict.Refuses)]
    [InlineData(DependencyStatus.Done, "migrate", GuardVerdict.Holds)]
    [InlineData(DependencyStatus.Open, "wave", GuardVerdict.Refuses)]
    [InlineData(DependencyStatus.Open, "prepare", null)]
    [InlineData(DependencyStatus.Open, "cutOver", null)]
    public void A_dependency_holds_the_stages_that_it_says_and_no_other(DependencyStatus status, string stage, GuardVerdict? verdict)
    {
        var plan = Cases.Plan() with
        {
            Dependencies = [new Dependency { Id = "vpn", Kind = DependencyKind.Radius, Owner = "network@contoso.com", Status = status, Blocks = [StageKind.Migrate, StageKind.Rollout] }],
        };

        var result = ChecklistJudge.Blocks(plan, null, StageOf(stage)).SingleOrDefault();

        result?.Verdict.ShouldBe(verdict!.Value);
        (result is null).ShouldBe(verdict is null);
        (result?.Code).ShouldBe(verdict is null ? null : "MFP3203");
        (result?.Message ?? "").ShouldNotContain("network@");
    }

    [Fact]
    public void The_cut_over_waits_until_every_service_is_answered_or_listed()
    {
        var services = GuideData.Rows.Where(static row => row.Table == GuideTable.Services).Select(static row => row.Id).ToList();
        var answered = View() with
        {
            Answers = new Answers
            {
                Format = 1,
                Rows = [.. services.Select(static id => new RowAnswer { Id = id, Answer = id == "radius" ? RowUse.Used : RowUse.NotUsed })],
            },
        };
        var listed = Cases.Plan() with { Dependencies = [new Dependency { Id = "vpn", Kind = DependencyKind.Radius, Status = DependencyStatus.Done }] };

        Uncleared(Cases.Plan(), View(), StageId.CutOver).ShouldBe(services.Count);
        Uncleared(Cases.Plan(), View(), Wave).ShouldBe(0);
        Uncleared(Cases.Plan(), answered, StageId.CutOver).ShouldBe(1);
        Uncleared(listed, answered, StageId.CutOver).ShouldBe(0);
    }

    [Fact]
    public void What_an_approval_stands_on_moves_with_the_evidence_and_not_with_later_steps()
    {
        var view = View(Done("backup", FileOf("a"))) with { Files = Files(("a", new EvidenceFile.Hashed(Hash))) };
        var other = view with { Files = Files(("a", new EvidenceFile.Hashed(new string('b', 64)))) };
        var later = View(Done("backup", FileOf("a")), Done("portalOff", Text), Done("usersInformed", Text)) with { Files = view.Files };

        var input = ChecklistJudge.InputOf(view, StageId.Migrate).ShouldNotBeNull();

        ChecklistJudge.InputOf(other, StageId.Migrate).ShouldNotBe(input);
        ChecklistJudge.InputOf(later, StageId.Migrate).ShouldBe(input);
        ChecklistJudge.InputOf(later, Wave).ShouldNotBe(ChecklistJudge.InputOf(view, Wave));
        ChecklistJudge.InputOf(view, StageId.Prepare).ShouldBeNull();
    }

    private static GivenEvidence Text { get; } = new() { Text = "Seen." };

    private static int Uncleared(Plan plan, ChecklistView view, StageId stage) =>
        ChecklistJudge.Blocks(plan, view, stage).Count(static result => result is { Code: "MFP3204", Verdict: GuardVerdict.Refuses });

    private static StageId StageOf(string name) => name switch
    {
        "prepare" => StageId.Prepare,
        "migrate" => StageId.Migrate,
        "wave" => Wave,
        _ => StageId.CutOver,
    };

    private static GivenEvidence FileOf(string name) => new() { File = name, Sha256 = Hash };

    private static ItemAnswer Done(string id, params ReadOnlySpan<GivenEvidence> evidence) => new()
    {
        Id = id,
        State = ItemState.Done,
        Owner = "identity@contoso.com",
        Date = new DateOnly(2026, 11, 2),
        Evidence = [.. evidence],
    };

    private static ItemAnswer NotApplicable(string id) => new() { Id = id, State = ItemState.NotApplicable, Reason = "There is none." };

    private static ChecklistView View(params ReadOnlySpan<ItemAnswer> items) => new(new Answers { Format = 1, Items = [.. items] }, Files());

    private static ImmutableSortedDictionary<string, EvidenceFile> Files(params ReadOnlySpan<(string Name, EvidenceFile Found)> files)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, EvidenceFile>(StringComparer.Ordinal);
        foreach (var (name, found) in files)
        {
            all[name] = found;
        }

        return all.ToImmutable();
    }
}
