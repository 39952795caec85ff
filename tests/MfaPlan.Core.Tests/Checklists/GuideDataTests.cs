using MfaPlan.Core.Checklists;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Checklists;

public sealed class GuideDataTests
{
    /// <summary>The guide's order, and the first stage that waits for each step; a change here changes what is refused.</summary>
    [Fact]
    public void The_steps_stand_in_the_guides_order_with_the_stage_that_waits() =>
        string.Join('\n', GuideData.Items.Select(static item => $"{item.Id} {item.Blocks?.ToString() ?? "nothing"}{(item.NeedsFile ? " file" : "")}")).ShouldBe(
            """
            dependenciesIdentified Migrate
            backup Migrate file
            installerKept Migrate
            adfsVersion Rollout
            adfsPolicies Rollout file
            providerSettings Rollout
            usersInformed Rollout
            portalOff nothing
            serverDecommissioned nothing
            appRegistrationRemoved nothing
            certificatesRemoved nothing
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void A_later_step_holds_no_earlier_stage()
    {
        var stages = GuideData.Items.Select(static item => item.Blocks ?? (StageKind)99).ToList();

        stages.ShouldBe(stages.Order());
    }

    [Fact]
    public void Ids_are_unique_and_every_text_is_there()
    {
        var ids = GuideData.Items.Select(static item => item.Id).Concat(GuideData.Rows.Select(static row => row.Id)).ToList();

        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Count);
        GuideData.Items.ShouldAllBe(static item => item.Title.Length > 5 && item.Do.EndsWith('.') && item.Section.Length > 5 && item.Link.Fragment.Length > 2);
        GuideData.Rows.ShouldAllBe(static row => row.Name.Length > 5 && row.Equivalent.Length > 3);
        GuideData.Reviewed.ShouldMatch("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$");
    }

    [Fact]
    public void Every_kind_of_dependency_but_the_open_ones_belongs_to_a_service() =>
        GuideData.Rows.SelectMany(static row => row.Dependencies).Distinct().Order().ShouldBe(
            Enum.GetValues<DependencyKind>().Where(static kind => kind != DependencyKind.UserPortal));

    [Fact]
    public void Services_block_and_nothing_else_does()
    {
        GuideData.Rows.Where(static row => row.Used == RowVerdict.Blocking).ShouldAllBe(static row => row.Table == GuideTable.Services && !row.Dependencies.IsEmpty);
        GuideData.Rows.Where(static row => row.Table == GuideTable.Services).ShouldAllBe(static row => row.Used == RowVerdict.Blocking);
    }
}
