using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Tests.CutOvers;

public sealed class CutOverApplyTests
{
    private const string Switched = FederationSettings.Reject + " " + FederationSettings.Reject;

    private static World New(int lagSeconds = 0, int answers = 0, string? before = FederationSettings.Accept, string cutOver = "", string mfaToday = "mfaServer")
    {
        var world = CutOverWorld.New(cutOver, mfaToday, before);
        world.Tenant.Lag = TimeSpan.FromSeconds(lagSeconds);
        world.Tenant.Answer = answers switch
        {
            1 => static (n, _, _) => n % 2 == 0 ? FakeAnswer.LostAfterEffect : FakeAnswer.Success,
            2 => static (n, _, _) => (n % 4) switch
            {
                0 => FakeAnswer.LostBeforeEffect,
                1 => FakeAnswer.LostAfterEffect,
                2 => FakeAnswer.Throttled,
                _ => FakeAnswer.Success,
            },
            _ => null,
        };
        return world;
    }

    [Fact]
    public async Task The_domains_are_switched_and_a_second_apply_sends_nothing()
    {
        var world = New(lagSeconds: 7);

        (await world.ApplyAsync((await world.PreviewCutOverAsync()).Digest)).Complete.ShouldBeTrue();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var again = await world.PreviewCutOverAsync();

        world.Behaviours().ShouldBe(Switched);
        world.Tenant.Sends.ShouldBe(2);
        again.Footer.Totals.Changed.ShouldBe(0);
        again.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(7, 1)]
    [InlineData(7, 2)]
    public async Task A_kill_at_any_step_neither_loses_nor_repeats_a_switch(int lagSeconds, int answers)
    {
        for (var step = 0; ; step++)
        {
            var world = New(lagSeconds, answers);
            var preview = await world.PreviewCutOverAsync();
            var killer = world.KillAt(step);
            try
            {
                await world.ApplyAsync(preview.Digest);
                killer.Steps.ShouldBeGreaterThan(6);
                break;
            }
            catch (KilledException)
            {
                world.Restart();
            }

            for (var sitting = 0; sitting < 9 && !(await IsOverAsync(world)); sitting++)
            {
                var open = (await world.State.ReadAsync(CancellationToken.None)).OpenRun;
                await world.ApplyAsync(open?.Digest ?? (await world.PreviewCutOverAsync()).Digest);
            }

            world.Behaviours().ShouldBe(Switched, $"killed at step {step}");
            world.Tenant.Effects.Distinct().Count().ShouldBe(world.Tenant.Effects.Count, $"a switch took effect twice, killed at step {step}");
        }
    }

    [Fact]
    public async Task What_somebody_else_set_since_the_preview_is_not_written_over_and_a_new_certificate_is_no_such_thing()
    {
        var world = New();
        var preview = await world.PreviewCutOverAsync();
        world.Tenant.Routing.Federations["contoso.com"] = world.Tenant.Routing.Federations["contoso.com"] with { MfaBehavior = FederationSettings.Enforce };
        world.Tenant.Routing.Federations["fabrikam.com"] = world.Tenant.Routing.Federations["fabrikam.com"] with { Image = """{"signingCertificate":"new"}""" };

        var result = await world.ApplyAsync(preview.Digest);

        result.Outcomes.ShouldBe(new Dictionary<string, long> { ["applied"] = 1, ["drifted"] = 1 }, ignoreOrder: true);
        world.Behaviours().ShouldBe($"{FederationSettings.Enforce} {FederationSettings.Reject}");
    }

    [Theory]
    [InlineData(FederationSettings.Accept, "", "mfaServer", true)]
    [InlineData(FederationSettings.Enforce, "", "thirdParty, evidence: CHG1", true)]
    [InlineData(FederationSettings.Enforce, "", "mfaServer, evidence: CHG1", false)]
    [InlineData(null, "", "mfaServer", false)]
    [InlineData(null, "neverSet: accept", "mfaServer", true)]
    public async Task The_way_back_is_the_before_image_or_a_refusal(string? before, string cutOver, string mfaToday, bool goes)
    {
        var world = New(before: before, cutOver: cutOver, mfaToday: mfaToday);
        var applied = await world.ApplyAsync((await world.PreviewCutOverAsync()).Digest);

        var back = await world.PreviewRollbackAsync(applied.RunId);

        back.Header.Stage.ShouldBe(StageId.CutOver);
        back.Footer.Verdict.ShouldBe(goes ? GuardVerdict.Holds : GuardVerdict.Refuses);
        back.Footer.Guards.Single(static guard => guard.Code == CutOverGuards.NoWayBack.Code).Verdict.ShouldBe(back.Footer.Verdict);
        if (goes)
        {
            (await world.ApplyAsync(back.Digest)).Complete.ShouldBeTrue();
            world.Behaviours().ShouldBe($"{before ?? FederationSettings.Accept} {before ?? FederationSettings.Accept}");
        }
    }

    [Fact]
    public async Task Only_what_still_is_as_it_was_written_is_rolled_back()
    {
        var world = New();
        var applied = await world.ApplyAsync((await world.PreviewCutOverAsync()).Digest);
        world.Tenant.Routing.Federations["contoso.com"] = world.Tenant.Routing.Federations["contoso.com"] with { MfaBehavior = FederationSettings.Enforce };

        var back = await world.PreviewRollbackAsync(applied.RunId);
        await world.ApplyAsync(back.Digest);

        back.Footer.Totals.Of(FindingCatalog.ChangedSince.Code).ShouldBe(1);
        world.Behaviours().ShouldBe($"{FederationSettings.Enforce} {FederationSettings.Accept}");
    }

    [Fact]
    public async Task A_federation_that_cannot_be_read_holds_the_way_back()
    {
        var world = New();
        var applied = await world.ApplyAsync((await world.PreviewCutOverAsync()).Digest);
        world.Tenant.Routing.FederationUnreadable = "403";

        (await world.PreviewRollbackAsync(applied.RunId)).Footer.Verdict.ShouldBe(GuardVerdict.Unknown);
    }

    private static async Task<bool> IsOverAsync(World world) =>
        (await world.State.ReadAsync(CancellationToken.None)).OpenRun is null && world.Behaviours() == Switched;
}
