using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.Applying;
using MfaPlan.Engine.Previewing;
using MfaPlan.Engine.Tests.CutOvers;
using MfaPlan.Engine.Verifying;

namespace MfaPlan.Engine.Tests.Applying;

/// <summary>Ending the rollout after the cut-over of contoso.com and fabrikam.com, and its way back.</summary>
public sealed class RetireApplyTests
{
    private const string Rollout = "rollout: { waves: [{ name: pilot, from: [MFA-Migrate-All], into: [R1], max: 100 }], retire: { wait: 7d } }";

    private static readonly Guid Ours = new(0, 0, 0, [1, 1, 1, 1, 1, 1, 1, 1]);
    private static readonly Guid Foreign = new(0, 0, 0, [1, 1, 1, 1, 1, 1, 1, 2]);

    private static readonly ApplyOptions Options = new()
    {
        RequestTimeout = TimeSpan.FromSeconds(10),
        SettleWindow = TimeSpan.FromSeconds(20),
        UnitsAtOnce = 1,
    };

    /// <summary>Everybody is in the rollout, the last in a group of others, and the domains are switched.</summary>
    private static async Task<World> NewAsync(int answers = 0)
    {
        var world = CutOverWorld.New(rest: Rollout);
        var users = Enumerable.Range(1, 4).Select(World.IdOf).ToArray();
        Put(world, Ours, "R1", users[..3]);
        Put(world, Foreign, "Pilot of others", users[3..]);
        world.Tenant.Routing.Rollout = new RolloutPolicy("p", "Rollout", Enabled: true, ForEverybody: false, [Ours, Foreign]);
        (await world.ApplyAsync((await world.PreviewCutOverAsync()).Digest)).Complete.ShouldBeTrue();
        world.Time.Advance(TimeSpan.FromDays(8));
        world.Tenant.Answer = answers switch
        {
            1 => static (n, _, _) => n % 2 == 0 ? FakeAnswer.LostAfterEffect : FakeAnswer.Success,
            2 => static (n, _, _) => (n % 4) switch
            {
                2 => FakeAnswer.LostBeforeEffect,
                3 => FakeAnswer.Throttled,
                _ => FakeAnswer.LostAfterEffect,
            },
            _ => null,
        };
        return world;
    }

    private static void Put(World world, Guid group, string name, params Guid[] users)
    {
        world.Tenant.Groups[new DirectoryGroup(group, name, Dynamic: false, Microsoft365: false, Synced: false)] = [.. users];
        world.Tenant.Routing.Members[group] = [.. users];
    }

    private static Guid Add(World world, Guid group, string name)
    {
        var id = world.Join(name, authenticators: 1);
        world.Tenant.Routing.Members[group] = world.Tenant.Routing.Members[group].Add(id);
        return id;
    }

    private static Task<PreviewResult> PreviewAsync(World world) => world.PreviewAsync(stage: StageId.Retire);

    private static bool IsOn(World world) => world.Tenant.Routing.Rollout!.Enabled;

    [Fact]
    public async Task The_rollout_is_switched_off_by_one_write_that_leaves_groups_and_members_and_a_second_apply_sends_nothing()
    {
        var world = await NewAsync();
        var sends = world.Tenant.Sends;

        var preview = await PreviewAsync(world);
        var result = await world.ApplyAsync(preview.Digest);
        var again = await PreviewAsync(world);

        preview.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        preview.Header.Forecast.ShouldBeFalse();
        preview.Footer.Totals.Users.ShouldBe(4);
        result.Complete.ShouldBeTrue();
        (world.Tenant.Sends - sends).ShouldBe(1);
        IsOn(world).ShouldBeFalse();
        world.Tenant.Routing.Rollout!.Groups.ShouldBe([Ours, Foreign]);
        world.Tenant.Routing.ContentOf(Ours).Users.Count.ShouldBe(3);
        again.Footer.Totals.Changed.ShouldBe(0);
        again.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_kill_at_any_step_neither_loses_nor_repeats_the_switch(int answers)
    {
        for (var step = 0; ; step++)
        {
            var world = await NewAsync(answers);
            var preview = await PreviewAsync(world);
            var killer = world.KillAt(step);
            try
            {
                await world.ApplyAsync(preview.Digest);
                killer.Steps.ShouldBeGreaterThan(4);
                break;
            }
            catch (KilledException)
            {
                world.Restart();
            }

            for (var sitting = 0; sitting < 9 && (IsOn(world) || (await world.State.ReadAsync(CancellationToken.None)).OpenRun is not null); sitting++)
            {
                var open = (await world.State.ReadAsync(CancellationToken.None)).OpenRun;
                await world.ApplyAsync(open?.Digest ?? (await PreviewAsync(world)).Digest);
            }

            IsOn(world).ShouldBeFalse($"killed at step {step}");
            world.Tenant.Effects.Count(static effect => effect.Change == "rollout.enabled").ShouldBe(1, $"killed at step {step}");
        }
    }

    [Fact]
    public async Task Before_the_cut_over_it_is_a_forecast_and_refused()
    {
        var world = CutOverWorld.New(rest: Rollout);
        Put(world, Ours, "R1", World.IdOf(1));
        world.Tenant.Routing.Rollout = new RolloutPolicy("p", "Rollout", Enabled: true, ForEverybody: false, [Ours]);

        var preview = await PreviewAsync(world);

        preview.Header.Forecast.ShouldBeTrue();
        preview.Footer.Guards.Where(static guard => guard.Verdict == GuardVerdict.Refuses).Select(static guard => guard.Code)
            .ShouldBe(["MFP3182", "MFP3181"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("eve@dev.contoso.com", GuardVerdict.Holds, "dev.contoso.com")] // a child domain has its root's federation
    [InlineData("eve@cloud.contoso.com", GuardVerdict.Holds, "not federated")]
    [InlineData("eve@woodgrove.com", GuardVerdict.Refuses, "woodgrove.com does not leave MFA to Entra")]
    [InlineData("eve@nowhere.net", GuardVerdict.Unknown, "nowhere.net")]
    public async Task Every_member_counts_whoever_owns_the_group(string name, GuardVerdict verdict, string said)
    {
        var world = await NewAsync();
        world.Tenant.Domains.Add(new("woodgrove.com", Federated: true));
        world.Tenant.Routing.Federations["woodgrove.com"] = new FederationSettings("w", FederationSettings.Accept, CutOverWorld.Image);
        Add(world, Foreign, name);

        var preview = await PreviewAsync(world);

        preview.Footer.Verdict.ShouldBe(verdict);
        preview.Footer.Guards.ShouldContain(guard => guard.Code == "MFP3181" && guard.Verdict == verdict && guard.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rollout_for_everybody_needs_every_federated_domain_to_leave_MFA_to_Entra()
    {
        var world = await NewAsync();
        world.Tenant.Routing.Rollout = world.Tenant.Routing.Rollout! with { ForEverybody = true };
        var before = await PreviewAsync(world);
        world.Tenant.Domains.Add(new("woodgrove.com", Federated: true));
        world.Tenant.Routing.Federations["woodgrove.com"] = new FederationSettings("w", FederationSettings.Accept, CutOverWorld.Image);

        var after = await PreviewAsync(world);

        before.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        after.Footer.Guards.ShouldContain(static guard => guard.Verdict == GuardVerdict.Refuses && guard.Message.Contains("all its users", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_cannot_be_read_holds_it_and_is_never_nothing(bool rollout)
    {
        var world = await NewAsync();
        world.Tenant.Routing.RolloutUnreadable = rollout ? "403" : null;
        world.Tenant.Routing.FederationUnreadable = rollout ? null : "403";

        (await PreviewAsync(world)).Footer.Verdict.ShouldBe(GuardVerdict.Unknown);
    }

    [Theory]
    [InlineData("behaviour", "MFP3181")]
    [InlineData("member", "MFP3181")]
    [InlineData("unreadable", "MFP3181")]
    public async Task What_moved_since_the_preview_blocks_the_write_in_its_last_instant(string what, string code)
    {
        var world = await NewAsync();
        world.Tenant.Domains.Add(new("woodgrove.com", Federated: true));
        world.Tenant.Routing.Federations["woodgrove.com"] = new FederationSettings("w", FederationSettings.Enforce, CutOverWorld.Image);
        var preview = await PreviewAsync(world);
        switch (what)
        {
            case "behaviour":
                world.Tenant.Routing.Federations["contoso.com"] = world.Tenant.Routing.Federations["contoso.com"] with { MfaBehavior = FederationSettings.Accept };
                break;
            case "member":
                Add(world, Ours, "eve@woodgrove.com");
                break;
            default:
                world.Tenant.Routing.FederationUnreadable = "503";
                break;
        }

        var result = await world.ApplyAsync(preview.Digest, Options with { StandsInTheWay = new FreshReturn(world.Tenant, world.Plan).StandsInTheWayAsync });

        preview.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        result.Outcomes.ShouldBe(new Dictionary<string, long> { ["blocked"] = 1 });
        world.Events.OfType<ApplyEvent.UnitEnded>().Last().Outcomes.Single().Is.ShouldBeOfType<ChangeOutcome.Blocked>().By.ShouldBe(code);
        IsOn(world).ShouldBeTrue();
    }

    [Fact]
    public async Task The_way_back_switches_it_on_again_once_every_member_is_proved_and_waves_may_go_on()
    {
        var world = await NewAsync();
        var applied = await world.ApplyAsync((await PreviewAsync(world)).Digest);
        var wave = await world.PreviewAsync(stage: StageId.Wave(0, "pilot"));

        var back = await world.PreviewRollbackAsync(applied.RunId);
        var result = await world.ApplyAsync(back.Digest, Options with { StandsInTheWay = await ProofAsync(world) });
        var after = await world.PreviewAsync(stage: StageId.Wave(0, "pilot"));

        wave.Footer.Guards.ShouldHaveSingleItem().Code.ShouldBe("MFP3184");
        back.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        back.Header.Stage.ShouldBe(StageId.Retire);
        result.Complete.ShouldBeTrue();
        IsOn(world).ShouldBeTrue();
        (await world.State.ReadAsync(CancellationToken.None)).Runs.First(run => run.Id == applied.RunId)
            .ShouldSatisfyAllConditions(run => run.Applied.ShouldBe(1), run => run.ClosedAt.ShouldNotBeNull());
        after.Footer.Guards.ShouldNotContain(static guard => guard.Code == "MFP3184");
        (await PreviewAsync(world)).Footer.Totals.Changed.ShouldBe(1);
    }

    [Fact]
    public async Task A_member_who_cannot_answer_refuses_the_way_back_and_one_who_lost_the_method_since_blocks_it()
    {
        var world = await NewAsync();
        var applied = await world.ApplyAsync((await PreviewAsync(world)).Digest);
        var back = await world.PreviewRollbackAsync(applied.RunId);
        world.Tenant.Set(World.IdOf(4), new UserMethods(MethodParts.None)); // in the group of others

        var result = await world.ApplyAsync(back.Digest, Options with { StandsInTheWay = await ProofAsync(world) });
        var second = await world.PreviewRollbackAsync(applied.RunId);

        result.Outcomes.ShouldBe(new Dictionary<string, long> { ["blocked"] = 1 });
        IsOn(world).ShouldBeFalse();
        second.Footer.Guards.Single(static guard => guard.Code == RetireGuards.Unproved.Code).ShouldSatisfyAllConditions(
            guard => guard.Verdict.ShouldBe(GuardVerdict.Refuses), guard => guard.Message.ShouldStartWith("1 of 4 members"));
    }

    [Fact]
    public async Task Somebody_who_switches_it_on_again_is_seen_as_drift_and_what_a_wave_left_before_is_none()
    {
        var world = await NewAsync();
        await world.ApplyAsync((await PreviewAsync(world)).Digest);
        var clean = await VerifyAsync(world);
        world.Tenant.Routing.Rollout = world.Tenant.Routing.Rollout! with { Enabled = true };

        var moved = await VerifyAsync(world);

        clean.ShouldBe(0);
        moved.ShouldBe(1);
    }

    private static async Task<long> VerifyAsync(World world) =>
        (await new DriftEngine(world.Tenant, world.Tenant, world.State).RunAsync(static _ => Task.CompletedTask, onStep: null, CancellationToken.None)).Moved;

    private static async Task<Func<Unit, CancellationToken, Task<string?>>> ProofAsync(World world)
    {
        var policy = ((Observed<MethodsPolicy>.Seen)await world.Tenant.ReadMethodsPolicyAsync(CancellationToken.None)).Value;
        var move = await new MoveContextReader(world.Tenant).ReadAsync(world.Plan, [], policy, world.Time.GetUtcNow(), CancellationToken.None);
        return new FreshProof(world.Tenant, world.Tenant, move).StandsInTheWayAsync;
    }
}
