using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.Applying;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Tests.Applying;

public sealed class FreshWayBackTests
{
    private static readonly Guid User = World.IdOf(1);
    private static readonly Guid Ring = new(0, 0, 0, [1, 1, 1, 1, 1, 1, 1, 1]);
    private static readonly ApplyOptions Options = new() { RequestTimeout = TimeSpan.FromSeconds(10), SettleWindow = TimeSpan.FromSeconds(20), UnitsAtOnce = 1 };

    /// <summary>User 1 has an app, and a number that we brought; the way back of that was previewed and waits to be applied.</summary>
    private static async Task<(World World, PreviewResult Back)> BroughtAsync(string rest = "")
    {
        var world = new World(users: 1, rest: rest);
        await world.FinishAsync();
        var migrated = (await world.State.ReadAsync(TestContext.Current.CancellationToken)).Runs[^1];
        var back = await world.PreviewRollbackAsync(migrated.Id);
        back.Footer.Totals.Changed.ShouldBe(1);
        return (world, back);
    }

    private static async Task<ApplyResult> ApplyAsync(World world, PreviewResult back) => await world.ApplyAsync(
        back.Digest, Options with { StandsInTheWay = new FreshWayBack(world.Tenant, world.Tenant, world.Plan, back.Footer, world.Time).StandsInTheWayAsync });

    [Fact]
    public async Task What_was_brought_is_taken_out_where_another_method_stands_beside_it()
    {
        var (world, back) = await BroughtAsync();

        (await ApplyAsync(world, back)).Complete.ShouldBeTrue();

        world.Tenant.Truth(User).Mobile.ShouldBeNull();
    }

    [Fact]
    public async Task Who_lost_the_other_method_since_the_preview_keeps_the_last_one()
    {
        var (world, back) = await BroughtAsync();
        world.Tenant.Set(User, world.Tenant.Truth(User) with { Authenticators = 0, Default = null });

        (await ApplyAsync(world, back)).Outcomes.ShouldBe([new("blocked", 1)]);

        world.Tenant.Truth(User).Mobile.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_phone_that_is_served_no_more_stands_beside_nothing()
    {
        var (world, back) = await BroughtAsync();
        world.Tenant.Set(User, world.Tenant.Truth(User) with { Authenticators = 0, SoftwareTokens = 1, Default = null });
        var proof = new FreshWayBack(world.Tenant, world.Tenant, world.Plan, back.Footer, world.Time);
        var token = new SecretRef("seeds.csv", "T-1", "f1:x");
        world.Tenant.Set(User, new UserMethods(MethodParts.None) { Office = new PhoneNumber("+1 2065550999") }
            .With("T-1", new HardwareToken("d", "T-1", TokenHolder.User, Activated: true, InInventory: true)));
        var unit = new Unit(UnitId.ForUser(User), StageId.Migrate, [new Change.AssignToken(token, after: false, "undo")], []);

        (await proof.StandsInTheWayAsync(unit, TestContext.Current.CancellationToken)).ShouldBeNull();
        world.Time.Advance(new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero) - world.Time.GetUtcNow());
        (await proof.StandsInTheWayAsync(unit, TestContext.Current.CancellationToken)).ShouldBe(FindingCatalog.LastMethodKept.Code);
    }

    [Fact]
    public async Task A_number_that_somebody_changed_after_the_look_stays()
    {
        var (world, back) = await BroughtAsync();
        var changed = new PhoneNumber("+1 2065550999");
        var proof = new FreshWayBack(world.Tenant, world.Tenant, world.Plan, back.Footer, world.Time);

        await world.ApplyAsync(back.Digest, Options with
        {
            StandsInTheWay = async (unit, cancellationToken) =>
            {
                world.Tenant.Set(User, world.Tenant.Truth(User) with { Mobile = changed });
                return await proof.StandsInTheWayAsync(unit, cancellationToken);
            },
        });

        world.Tenant.Truth(User).Mobile.ShouldBe(changed);
    }

    [Fact]
    public async Task A_user_who_cannot_be_read_keeps_what_is_there()
    {
        var (world, back) = await BroughtAsync();
        var proof = new FreshWayBack(world.Tenant, world.Tenant, world.Plan, back.Footer, world.Time);
        var unit = new Unit(UnitId.ForUser(User), StageId.Migrate, [new Change.SetPhone(PhoneSlot.Mobile, world.Tenant.Truth(User).Mobile, null, "undo")], []);
        world.Tenant.Unreadable[User] = "503";

        (await proof.StandsInTheWayAsync(unit, TestContext.Current.CancellationToken)).ShouldBe("503");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_policy_is_not_closed_again_over_whoever_hangs_on_it_by_now(bool lost)
    {
        var world = new World(users: 1, rest: "policy: { ensure: { sms: { groups: [MFA-Migrate-All] } } }");
        world.Tenant.Policy = new Observed<MethodsPolicy>.Seen(
            FakeTenant.AllAllowed with
            {
                Configurations = FakeTenant.AllAllowed.Configurations.SetItem(MethodKind.Sms, MethodConfiguration.Off).SetItem(MethodKind.Voice, MethodConfiguration.Off),
            }, world.Time.GetUtcNow());
        await world.FinishAsync();
        var back = await world.PreviewRollbackAsync((await world.State.ReadAsync(TestContext.Current.CancellationToken)).Runs[0].Id);
        back.Header.Stage.ShouldBe(StageId.Prepare);
        world.Tenant.Set(User, world.Tenant.Truth(User) with { Authenticators = lost ? 0 : 1 });

        (await ApplyAsync(world, back)).Complete.ShouldBe(!lost);

        world.Tenant.PolicyTruth.Configurations[MethodKind.Sms].Enabled.ShouldBe(lost);
    }

    [Theory]
    [InlineData(FederationSettings.Accept, null)]
    [InlineData(FederationSettings.Enforce, "MFP3166")]
    public async Task Nobody_goes_back_to_a_domain_that_enforces_a_dead_server_by_now(string behaviour, string? expected)
    {
        var (world, back) = await BroughtAsync("domains: [{ name: contoso.com, expect: federated, mfaToday: mfaServer }]");
        var proof = new FreshWayBack(world.Tenant, world.Tenant, world.Plan, back.Footer, world.Time);
        world.Tenant.Routing.Federations["contoso.com"] = new FederationSettings("f", behaviour, "{}");
        world.Tenant.Routing.Rollout = new RolloutPolicy("p", "x", Enabled: true, ForEverybody: false, [Ring]);
        world.Tenant.Routing.Members[Ring] = [User];

        foreach (var unit in (Unit[])
            [
                new(Core.Planning.RolloutPlanner.Id, StageId.Wave(0, "pilot"), [new Change.AttachGroup(Ring, After: false, "undo")], []),
                new(Core.Planning.RolloutPlanner.Id, StageId.Wave(0, "pilot"), [new Change.EnableRollout(After: false, "undo")], []),
                new(UnitId.ForUser(User), StageId.Wave(0, "pilot"), [new Change.RouteUser(Ring, After: false, "undo")], []),
            ])
        {
            (await proof.StandsInTheWayAsync(unit, TestContext.Current.CancellationToken)).ShouldBe(expected);
        }

        // A group that the rollout does not have any more moves nobody.
        world.Tenant.Routing.Rollout = world.Tenant.Routing.Rollout with { Groups = [] };
        (await proof.StandsInTheWayAsync(
            new Unit(UnitId.ForUser(User), StageId.Wave(0, "pilot"), [new Change.RouteUser(Ring, After: false, "undo")], []), TestContext.Current.CancellationToken)).ShouldBeNull();
        WayBackGuards.DeadEnd.Code.ShouldBe("MFP3166");
    }
}
