using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Previewing;
using MfaPlan.Engine.Tests.Applying;
using MfaPlan.Engine.Tests.CutOvers;

namespace MfaPlan.Engine.Tests.Rollbacks;

/// <summary>What becomes of the way back of each stage while another stands behind it.</summary>
public sealed class RoutingFirstTests
{
    private static readonly Guid R1 = new(0, 0, 0, [1, 1, 1, 1, 1, 1, 1, 1]);
    private static readonly Guid R2 = new(0, 0, 0, [2, 2, 2, 2, 2, 2, 2, 2]);

    private static readonly StageId Pilot = StageId.Wave(0, "pilot");
    private static readonly StageId Hq = StageId.Wave(1, "hq");

    private static World New()
    {
        var world = CutOverWorld.New(rest: """
            policy: { ensure: { sms: { groups: [MFA-Migrate-All] }, voice: { groups: [MFA-Migrate-All] } } }
            rollout: { waves: [{ name: pilot, from: [W1], into: [R1], max: 9 }, { name: hq, from: [W2], into: [R2], max: 9 }] }
            """);
        world.Tenant.Policy = new Observed<MethodsPolicy>.Seen(PolicyApplyTests.Start, world.Time.GetUtcNow());
        foreach (var (id, name, users) in new[] { (new Guid(901, 0, 0, new byte[8]), "W1", new[] { 1, 2 }), (new Guid(902, 0, 0, new byte[8]), "W2", [3, 4]), (R1, "R1", []), (R2, "R2", []) })
        {
            world.Tenant.Groups[new DirectoryGroup(id, name, Dynamic: false, Microsoft365: false, Synced: false)] = [.. users.Select(World.IdOf)];
        }

        return world;
    }

    public static TheoryData<string, string, GuardVerdict?> Table => new()
    {
        { "prepare", "migrate", null },
        { "prepare", "wave/pilot", GuardVerdict.Refuses },
        { "prepare", "cutOver", GuardVerdict.Refuses },
        { "migrate", "wave/pilot", GuardVerdict.Refuses },
        { "migrate", "cutOver", GuardVerdict.Refuses },
        { "wave/pilot", "wave/hq", null },
        { "wave/pilot", "cutOver", null },
        { "wave/hq", "cutOver", null },
        { "cutOver", "wave/pilot", null }, // the wave is the earlier one: it goes on holding its users
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_way_back_of_a_stage_while_another_stands(string undone, string standing, GuardVerdict? word)
    {
        var world = New();
        var run = await ApplyAllAsync(world, "prepare", "migrate", undone, standing);

        var back = await world.PreviewRollbackAsync(run[undone]);

        back.Footer.Guards.Where(static guard => guard.Code == RoutingFirst.LaterStage.Code).Select(static guard => (GuardVerdict?)guard.Verdict)
            .FirstOrDefault().ShouldBe(word);
        back.Footer.Verdict.ShouldBe(word ?? GuardVerdict.Holds, string.Join('\n', back.Footer.Guards));
        back.Footer.Totals.Changed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Users_whom_somebody_took_out_of_the_groups_hold_nothing_up()
    {
        var world = New();
        var run = await ApplyAllAsync(world, "prepare", "migrate", "wave/pilot");
        world.Tenant.Routing.Members[R1] = [World.IdOf(1)];
        var one = await world.PreviewRollbackAsync(run["migrate"]);
        world.Tenant.Routing.Members[R1] = [];

        var none = await world.PreviewRollbackAsync(run["migrate"]);

        one.Footer.Guards.Single(static guard => guard.Code == RoutingFirst.LaterStage.Code).Message.ShouldStartWith("1 user whose methods");
        none.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
    }

    [Fact]
    public async Task A_federation_that_cannot_be_read_is_not_taken_as_switched_back()
    {
        var world = New();
        var run = await ApplyAllAsync(world, "prepare", "migrate", "cutOver");
        world.Tenant.Routing.Federations["contoso.com"] = world.Tenant.Routing.Federations["contoso.com"] with { MfaBehavior = FederationSettings.Accept };
        var byHand = await world.PreviewRollbackAsync(run["migrate"]);
        world.Tenant.Routing.FederationUnreadable = "403";

        var unread = await world.PreviewRollbackAsync(run["migrate"]);

        byHand.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        unread.Footer.Guards.ShouldContain(static guard => guard.Verdict == GuardVerdict.Unknown && guard.Code == GuardDiagnostics.TenantUnread.Code);
        unread.Footer.Verdict.ShouldBe(GuardVerdict.Refuses);
    }

    [Fact]
    public async Task One_domain_of_a_run_goes_back_and_the_others_stay()
    {
        var world = New();
        var run = (await ApplyAllAsync(world, "cutOver"))["cutOver"];

        await DomainBackAsync(world, run, "FABRIKAM.com");
        var partly = await world.State.ReadAsync(CancellationToken.None);
        await DomainBackAsync(world, run, "fabrikam.com");
        await DomainBackAsync(world, run, "contoso.com");
        var whole = await world.State.ReadAsync(CancellationToken.None);

        var record = partly.Runs.Single(one => one.Id == run);
        (partly.IsUndone(record), whole.IsUndone(record)).ShouldBe((false, true));
        partly.SwitchedDomains.ShouldHaveSingleItem().Name.ShouldBe("contoso.com");
        StageReport.Of(world.Plan, partly)[^1].State.ShouldBe("partlyUndone");
        StageReport.Of(world.Plan, partly)[^1].IsPassed.ShouldBeFalse();
        StageReport.Of(world.Plan, whole)[^1].State.ShouldBe("undone");
        world.Behaviours().ShouldBe($"{FederationSettings.Accept} {FederationSettings.Accept}");
        world.Tenant.Sends.ShouldBe(4); // two forward, two back: nothing a second time
    }

    private static async Task DomainBackAsync(World world, string run, string domain)
    {
        var request = await world.RequestOfCutOverAsync();
        var back = await new RollbackPreview(world.Tenant, world.State) { Domain = domain }.RunAsync(
            request, request.Ledger.Runs.Single(one => one.Id == run), only: null, onStep: null, CancellationToken.None);
        if (back.Footer.Totals.Changed > 0)
        {
            (await world.ApplyAsync(back.Digest)).Complete.ShouldBeTrue();
        }
    }

    /// <summary>Applies stages in their order, each once; gives the run of each.</summary>
    private static async Task<Dictionary<string, string>> ApplyAllAsync(World world, params string[] stages)
    {
        var runs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var stage in new[] { StageId.Prepare, StageId.Migrate, Pilot, Hq, StageId.CutOver }.Where(stage => stages.Contains(stage.Name)))
        {
            var preview = stage == StageId.CutOver ? await world.PreviewCutOverAsync() : await world.PreviewAsync(stage: stage);
            preview.Footer.Totals.Changed.ShouldBeGreaterThan(0, $"{stage}: {string.Join('\n', preview.Footer.Guards)}");
            var result = await world.ApplyAsync(preview.Digest);
            result.Complete.ShouldBeTrue(stage.Name);
            runs[stage.Name] = result.RunId;
        }

        return runs;
    }
}
