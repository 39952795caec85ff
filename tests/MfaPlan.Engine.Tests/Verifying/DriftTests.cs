using MfaPlan.Core.Changes;
using MfaPlan.Core.Drifts;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Tests.Applying;
using MfaPlan.Engine.Verifying;

namespace MfaPlan.Engine.Tests.Verifying;

public sealed class DriftTests
{
    private static readonly PhoneNumber Other = new("+1 2065550999");

    [Fact]
    public async Task What_nobody_touched_is_unmoved_and_nothing_is_written()
    {
        var world = new World(users: 30);
        await world.FinishAsync();
        var (sends, lines) = (world.Tenant.Sends, world.State.JournalText.Count());

        var (result, drifts) = await LookAsync(world);

        result.ShouldBe(new DriftResult(30, 30, 0, 0));
        drifts.ShouldBeEmpty();
        world.Tenant.Sends.ShouldBe(sends);
        world.State.JournalText.Count().ShouldBe(lines);
    }

    [Fact]
    public async Task Before_any_run_there_is_nothing_to_look_at() =>
        (await LookAsync(new World())).Result.ShouldBe(new DriftResult(0, 0, 0, 0));

    [Fact]
    public async Task Every_moved_value_is_told_with_what_was_left_and_what_is_there()
    {
        var world = new World();
        await world.FinishAsync();
        var left = world.Tenant.Truth(World.IdOf(2)).Mobile;
        world.Tenant.Set(World.IdOf(2), world.Tenant.Truth(World.IdOf(2)) with { Mobile = Other });
        world.Tenant.Set(World.IdOf(3), new UserMethods(MethodParts.None));

        var (result, drifts) = await LookAsync(world);

        result.ShouldBe(new DriftResult(6, 4, 2, 0));
        drifts.Select(static drift => drift.Id.User).ShouldBe([World.IdOf(2), World.IdOf(3)]);
        var moved = drifts[0].Moved.Single();
        ((Change.SetPhone)moved.Change).After.ShouldBe(left);
        (moved.Position, moved.Seen.ShouldBeOfType<Look.OfUser>().Methods.Mobile).ShouldBe((Position.Other, Other));
        drifts[1].Moved.ShouldContain(static one => one.Change.Id == "phone.mobile" && one.Position == Position.AsBefore);
        drifts.ShouldAllBe(static drift => drift.Unknown == null);
    }

    [Fact]
    public async Task Who_cannot_be_read_is_unknown_and_never_unmoved()
    {
        var world = new World();
        await world.FinishAsync();
        world.Tenant.Unreadable[World.IdOf(4)] = "accessDenied";

        var (result, drifts) = await LookAsync(world);

        result.ShouldBe(new DriftResult(6, 5, 0, 1));
        (drifts.Single().Id.User, drifts.Single().Unknown, drifts.Single().IsUnmoved).ShouldBe((World.IdOf(4), "accessDenied", false));
    }

    [Fact]
    public async Task What_was_rolled_back_is_not_expected()
    {
        var world = new World(users: 12);
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);
        var before = (await LookAsync(world)).Result;
        await world.ApplyAsync((await world.PreviewRollbackAsync(applied.RunId)).Digest);

        var (result, drifts) = await LookAsync(world);

        before.Units.ShouldBe(12);
        // Two of three had no default, and one that was not set before cannot be unset: it stays, and is looked at.
        result.ShouldBe(new DriftResult(8, 8, 0, 0));
        drifts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Units_of_several_runs_are_held_against_their_newest_run()
    {
        var world = new World(migrate: "phone: { existing: replace }");
        await world.ApplyAsync((await world.PreviewAsync()).Digest);
        var record = world.Source.Users[0] with { Primary = new SourcePhone("1", "2065550199", "") };
        world.Source = world.Source with { Users = world.Source.Users.SetItem(0, record) };
        await world.FinishAsync();
        var runs = (await world.State.ReadAsync(CancellationToken.None)).Runs;
        world.Tenant.Set(World.IdOf(1), world.Tenant.Truth(World.IdOf(1)) with { Mobile = Other });
        world.Tenant.Set(World.IdOf(2), world.Tenant.Truth(World.IdOf(2)) with { Mobile = Other });

        var (result, drifts) = await LookAsync(world);

        runs.Length.ShouldBe(2);
        result.ShouldBe(new DriftResult(6, 4, 2, 0));
        drifts.Single(static drift => drift.Id.User == World.IdOf(1)).Run.ShouldBe(runs[1].Id);
        drifts.Single(static drift => drift.Id.User == World.IdOf(2)).Run.ShouldBe(runs[0].Id);
    }

    [Fact]
    public async Task A_change_set_that_is_damaged_makes_its_units_unknown()
    {
        var world = new World();
        await world.FinishAsync();
        var digest = (await world.State.ReadAsync(CancellationToken.None)).Runs[0].Digest;
        world.State.ChangeSet(digest)[^20] ^= 1;

        var (result, drifts) = await LookAsync(world);

        result.ShouldBe(new DriftResult(6, 0, 0, 6));
        drifts.ShouldAllBe(static drift => drift.Unknown == "ChangeSetMissing");
    }

    [Fact]
    public async Task What_a_killed_run_began_and_did_not_settle_is_unknown_and_so_it_is_at_every_step()
    {
        var begun = 0;
        for (var step = 0; step < 60; step++)
        {
            var world = new World(users: 2);
            var preview = await world.PreviewAsync();
            var killer = world.KillAt(step);
            try
            {
                await world.ApplyAsync(preview.Digest);
                break;
            }
            catch (KilledException)
            {
                killer.ShouldNotBeNull();
            }

            world.Restart();
            var unsettled = (await world.State.ReadAsync(CancellationToken.None)).Unsettled().ToHashSet();

            var (result, drifts) = await LookAsync(world);

            begun += unsettled.Count;
            result.Unknown.ShouldBe(unsettled.Count);
            drifts.Where(static drift => drift.Unknown == "BegunNotSettled").Select(static drift => drift.Id).ShouldBe(unsettled, ignoreOrder: true);
        }

        begun.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_policy_that_nobody_touched_is_unmoved_though_the_service_added_defaults()
    {
        var world = PolicyApplyTests.New();
        await world.FinishAsync();

        var (result, drifts) = await LookAsync(world);

        drifts.ShouldBeEmpty();
        result.ShouldBe(new DriftResult(7, 7, 0, 0) { TenantWide = 1 });
    }

    public static TheoryData<string, MethodConfiguration, Position> MovesOfSms()
    {
        var everybody = new MethodTarget(null, IsUser: false, UsableForSignIn: true);
        return new TheoryData<string, MethodConfiguration, Position>
        {
            { "as before the run", PolicyApplyTests.Start.Configurations[MethodKind.Sms], Position.AsBefore },
            {
                "as before, with the service's defaults beside it",
                new MethodConfiguration(Enabled: false, [everybody with { Others = """{"isRegistrationRequired":false}""" }], []),
                Position.AsBefore
            },
            { "off", MethodConfiguration.Off, Position.Other },
            { "opened to everybody", new MethodConfiguration(Enabled: true, [everybody], []), Position.Other },
        };
    }

    [Theory]
    [MemberData(nameof(MovesOfSms))]
    public async Task A_configuration_that_moved_is_told_with_what_was_left_and_what_is_there(
        string move, MethodConfiguration now, Position position)
    {
        var world = PolicyApplyTests.New();
        await world.FinishAsync();
        var left = world.Tenant.PolicyTruth.Configurations[MethodKind.Sms];
        SetSms(world, now);

        var (result, drifts) = await LookAsync(world);

        result.ShouldBe(new DriftResult(7, 6, 1, 0) { TenantWide = 1 }, move);
        var moved = drifts.ShouldHaveSingleItem().Moved.ShouldHaveSingleItem();
        (drifts[0].Id, moved.Change.Id, moved.Position).ShouldBe((PolicyPlanner.Id, "policy.sms", position), move);
        ((Change.AllowMethod)moved.Change).After.IsLike(left).ShouldBeTrue(move);
        moved.Seen.ShouldBeOfType<Look.OfPolicy>().Of(MethodKind.Sms).ShouldBe(now, move);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_is_unknown_and_says_nothing_about_users()
    {
        var world = PolicyApplyTests.New();
        await world.FinishAsync();
        world.Tenant.Policy = new Observed<MethodsPolicy>.Unknown("accessDenied");

        var (result, drifts) = await LookAsync(world);

        result.ShouldBe(new DriftResult(7, 6, 0, 1) { TenantWide = 1 });
        (drifts.Single().Id, drifts.Single().Unknown).ShouldBe((PolicyPlanner.Id, "accessDenied"));
    }

    [Fact]
    public async Task A_policy_that_was_rolled_back_is_not_expected()
    {
        var world = PolicyApplyTests.New();
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);
        var before = (await LookAsync(world)).Result;
        await world.ApplyAsync((await world.PreviewRollbackAsync(applied.RunId)).Digest);

        var (result, drifts) = await LookAsync(world);

        before.ShouldBe(new DriftResult(1, 1, 0, 0) { TenantWide = 1 });
        result.ShouldBe(new DriftResult(0, 0, 0, 0));
        drifts.ShouldBeEmpty();
    }

    private static void SetSms(World world, MethodConfiguration now)
    {
        var policy = world.Tenant.PolicyTruth;
        world.Tenant.Policy = new Observed<MethodsPolicy>.Seen(
            policy with { Configurations = policy.Configurations.SetItem(MethodKind.Sms, now) }, world.Time.GetUtcNow());
    }

    private static async Task<(DriftResult Result, List<UnitDrift> Drifts)> LookAsync(World world)
    {
        var drifts = new List<UnitDrift>();
        var result = await new DriftEngine(world.Tenant, world.Tenant, world.State).RunAsync(
            drift =>
            {
                drifts.Add(drift);
                return Task.CompletedTask;
            },
            onStep: null,
            CancellationToken.None);
        result.Units.ShouldBe(result.Unmoved + drifts.Count);
        return (result, drifts);
    }
}
