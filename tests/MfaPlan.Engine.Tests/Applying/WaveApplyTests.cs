using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.Applying;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Tests.Applying;

public sealed class WaveApplyTests
{
    private const string Waves = """
        domains: [{ name: contoso.com, expect: federated, mfaToday: none }]
        rollout: { waves: [{ name: pilot, from: [MFA-Migrate-All], into: [R1], max: 100 }] }
        """;

    private static readonly StageId Pilot = StageId.Wave(0, "pilot");
    private static readonly Guid R1 = new(0, 0, 0, [1, 1, 1, 1, 1, 1, 1, 1]);

    private static readonly AccessPolicy MfaForAll = new("00000000-0000-0000-0000-0000000000c1", "MFA for all", AccessState.Enabled)
    {
        Include = AccessUsers.Everybody,
        Resources = AccessResources.All,
        Controls = new AccessControls("OR", ["mfa"], 0, null),
    };

    private static readonly ApplyOptions Options = new()
    {
        RequestTimeout = TimeSpan.FromSeconds(10),
        SettleWindow = TimeSpan.FromSeconds(20),
        UnitsAtOnce = 1,
    };

    private static World New(int answers = 0)
    {
        var world = new World(rest: Waves);
        foreach (var user in world.Tenant.Users.Keys)
        {
            world.Tenant.Set(user, new UserMethods(MethodParts.None) { Authenticators = 1 });
        }

        world.Tenant.Access = new Observed<AccessView>.Seen(new AccessView([MfaForAll]), world.Time.GetUtcNow());
        world.Tenant.Groups[new DirectoryGroup(R1, "R1", Dynamic: false, Microsoft365: false, Synced: false)] = [];
        world.Tenant.Answer = answers switch
        {
            1 => static (n, _, _) => n % 3 == 1 ? FakeAnswer.LostAfterEffect : FakeAnswer.Success,
            2 => static (n, _, _) => (n % 5) switch
            {
                1 => FakeAnswer.LostBeforeEffect,
                2 => FakeAnswer.LostAfterEffect,
                3 => FakeAnswer.Throttled,
                _ => FakeAnswer.Success,
            },
            _ => null,
        };
        return world;
    }

    private static ImmutableHashSet<Guid> Routed(World world) => world.Tenant.Routing.ContentOf(R1).Users;

    [Fact]
    public async Task The_group_is_in_the_rollout_before_it_grows()
    {
        var world = New();

        var preview = await world.PreviewAsync(stage: Pilot);
        var result = await world.ApplyAsync(preview.Digest);

        result.Complete.ShouldBeTrue();
        world.Tenant.Effects.Select(static effect => effect.Change).ShouldBe(
            ["rollout.policy", $"rollout.group.{R1}", .. Enumerable.Repeat("rollout.member", 6)]);
        Routed(world).ShouldBe(world.Tenant.Users.Keys, ignoreOrder: true);
        (await world.PreviewAsync(stage: Pilot)).Footer.Totals.Changed.ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_is_moved_where_the_group_was_refused()
    {
        var world = New();
        world.Tenant.Answer = static (_, _, change) => change is Change.AttachGroup ? FakeAnswer.Refused : FakeAnswer.Success;

        var result = await world.ApplyAsync((await world.PreviewAsync(stage: Pilot)).Digest);

        result.Outcomes.ShouldBe(new Dictionary<string, long> { ["applied"] = 1, ["refused"] = 1, ["blocked"] = 6 }, ignoreOrder: true);
        Routed(world).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_kill_at_any_step_neither_loses_nor_repeats_a_move(int answers)
    {
        for (var step = 0; ; step++)
        {
            var world = New(answers);
            var preview = await world.PreviewAsync(stage: Pilot);
            var killer = world.KillAt(step);
            try
            {
                await world.ApplyAsync(preview.Digest);
                killer.Steps.ShouldBeGreaterThan(20);
                break;
            }
            catch (KilledException)
            {
                world.Restart();
            }

            for (var sitting = 0; sitting < 10; sitting++)
            {
                var ledger = await world.State.ReadAsync(TestContext.Current.CancellationToken);
                await world.ApplyAsync(ledger.OpenRun?.Digest ?? (await world.PreviewAsync(stage: Pilot)).Digest);
                if ((await world.PreviewAsync(stage: Pilot)).Footer.Totals.Changed == 0)
                {
                    break;
                }
            }

            Routed(world).Count.ShouldBe(6, $"killed at step {step}");
            world.Tenant.Routing.Rollout!.Groups.ShouldBe([R1]);
            world.Tenant.Effects.Distinct().Count().ShouldBe(world.Tenant.Effects.Count, $"a write took effect twice, killed at step {step}");
        }
    }

    [Fact]
    public async Task Who_lost_the_last_method_since_the_preview_is_not_moved()
    {
        var world = New();
        var preview = await world.PreviewAsync(stage: Pilot);
        world.Tenant.Set(World.IdOf(3), new UserMethods(MethodParts.None));
        world.Tenant.Unreadable[World.IdOf(4)] = "503";
        var move = await new MoveContextReader(world.Tenant).ReadAsync(
            world.Plan, [], FakeTenant.AllAllowed, world.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        var proof = new FreshProof(world.Tenant, world.Tenant, move);

        var result = await world.ApplyAsync(preview.Digest, Options with { StandsInTheWay = proof.StandsInTheWayAsync });

        result.Outcomes.ShouldBe(new Dictionary<string, long> { ["applied"] = 6, ["blocked"] = 2 }, ignoreOrder: true);
        Routed(world).ShouldBe([World.IdOf(1), World.IdOf(2), World.IdOf(5), World.IdOf(6)], ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_person_does_is_awaited_and_nobody_moves_before()
    {
        var world = New();
        var preview = await world.PreviewAsync(stage: Pilot);
        var byHand = Options with { ByHand = static unit => unit.Id.Kind == UnitKind.Policy };

        var first = await world.ApplyAsync(preview.Digest, byHand);

        first.Stop.ShouldBe(ApplyStop.UnitsOpen);
        world.Tenant.Sends.ShouldBe(0);
        world.Events.OfType<ApplyEvent.AwaitsHand>().ShouldHaveSingleItem();

        world.Tenant.Routing.Rollout = new RolloutPolicy("by-hand", "x", Enabled: true, ForEverybody: false, [R1]);
        var second = await world.ApplyAsync(preview.Digest, byHand);

        second.Complete.ShouldBeTrue();
        second.Outcomes.ShouldBe(new Dictionary<string, long> { ["applied"] = 8 });
    }

    [Fact]
    public async Task A_rollback_takes_out_what_the_run_added_and_nothing_else()
    {
        var world = New();
        var stranger = new DirectoryUser(
            World.IdOf(99), new Core.Privacy.PersonalName("stranger@contoso.com"), Enabled: true, Guest: false, Synced: true, null, null, null);
        world.Tenant.Routing.Members[R1] = [World.IdOf(2)];
        var applied = await world.ApplyAsync((await world.PreviewAsync(stage: Pilot)).Digest);
        world.Tenant.Add(stranger, new UserMethods(MethodParts.None), "Others");
        world.Tenant.Routing.Members[R1] = Routed(world).Add(stranger.Id).Remove(World.IdOf(5));

        var back = await world.PreviewRollbackAsync(applied.RunId);
        var undone = await world.ApplyAsync(back.Digest);

        undone.Complete.ShouldBeTrue();
        Routed(world).ShouldBe([World.IdOf(2), stranger.Id], ignoreOrder: true);
        world.Tenant.Routing.Rollout!.Groups.ShouldBeEmpty();
        back.Footer.Totals.ByChange["rollout.member"].ShouldBe(4);

        // And again: what was rolled back can be applied anew.
        world.Tenant.Routing.Members[R1] = [];
        (await world.ApplyAsync((await world.PreviewAsync(stage: Pilot)).Digest)).Complete.ShouldBeTrue();
        Routed(world).Count.ShouldBe(6);
    }

    [Theory]
    [InlineData(FederationSettings.Enforce, false)]
    [InlineData(FederationSettings.Accept, true)]
    public async Task Users_of_a_child_domain_go_back_to_the_federation_of_its_root(string behaviour, bool goes)
    {
        var world = New();
        world.Tenant.Domains.Add(new DirectoryDomain("dev.contoso.com", Federated: true));
        world.Tenant.Routing.Federations["contoso.com"] = new FederationSettings("f", behaviour, "{}");
        foreach (var (id, user) in world.Tenant.Users.ToList())
        {
            world.Tenant.Users[id] = user with { PrincipalName = new Core.Privacy.PersonalName(user.PrincipalName.Reveal().Replace("@", "@dev.", StringComparison.Ordinal)) };
        }

        var applied = await world.ApplyAsync((await world.PreviewAsync(stage: Pilot)).Digest);
        var back = await world.PreviewRollbackAsync(applied.RunId);

        back.Footer.Verdict.ShouldBe(goes ? GuardVerdict.Holds : GuardVerdict.Refuses);
        back.Footer.Guards.ShouldContain(guard => guard.Code == "MFP3166" && guard.Message.Contains("contoso.com: its 6 users", StringComparison.Ordinal) == goes);
    }

    [Fact]
    public async Task A_rollout_that_cannot_be_read_holds_the_wave()
    {
        var world = New();
        world.Tenant.Routing.RolloutUnreadable = "Authorization_RequestDenied";

        var preview = await world.PreviewAsync(stage: Pilot);

        preview.Footer.Verdict.ShouldBe(GuardVerdict.Unknown);
        preview.Footer.Guards.ShouldHaveSingleItem().Message.ShouldContain("Hybrid Identity Administrator");
    }

    [Fact]
    public async Task A_wave_is_a_forecast_until_the_stage_before_is_seen_through()
    {
        var world = New();

        (await world.PreviewAsync(stage: Pilot)).Header.Forecast.ShouldBeTrue();
        var migrate = await world.PreviewAsync(stage: StageId.Migrate);
        await world.ApplyAsync(migrate.Digest);

        (await world.PreviewAsync(stage: Pilot)).Header.Forecast.ShouldBeFalse();
        (await world.PreviewAsync()).Header.Stage.ShouldBe(Pilot);
    }

    [Fact]
    public async Task A_wave_for_which_no_emergency_accounts_are_named_is_refused()
    {
        var preview = await New().PreviewAsync(stage: Pilot);

        preview.Footer.Guards.ShouldContain(static guard => guard.Code == CutOverGuards.NoBreakGlass.Code && guard.Verdict == GuardVerdict.Refuses);
    }

    [Fact]
    public async Task A_wave_that_fills_its_own_source_group_by_its_id_is_refused()
    {
        var world = New();
        var source = world.Tenant.Groups.Keys.Single(static group => group.DisplayName == "MFA-Migrate-All").Id;
        var rollout = world.Plan.Rollout!;
        world.Plan = world.Plan with { Rollout = rollout with { Waves = [rollout.Waves[0] with { Into = [source.ToString("D")] }] } };

        var preview = await world.PreviewAsync(stage: Pilot);

        preview.Footer.Guards.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            static guard => guard.Code.ShouldBe(WaveGuards.GroupKind.Code), static guard => guard.Verdict.ShouldBe(GuardVerdict.Refuses));
    }
}
