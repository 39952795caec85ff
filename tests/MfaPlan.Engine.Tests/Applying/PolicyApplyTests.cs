using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Tests.Applying;

public sealed class PolicyApplyTests
{
    private const string Ensure = """
        policy: { ensure: { sms: { groups: [MFA-Migrate-All] }, voice: { groups: [MFA-Migrate-All] }, hardwareOath: { groups: [MFA-Migrate-All] } } }
        reRegister: { campaign: { group: MFA-Migrate-All, snooze: 3d }, deadline: 2027-01-15 }
        """;

    private static readonly Guid Switchboard = new(77, 0, 0, new byte[8]);

    /// <summary>Text messages are off; calls are on for a group of others, and the registration campaign asks that group.</summary>
    internal static MethodsPolicy Start { get; } = new(
        ImmutableSortedDictionary<MethodKind, MethodConfiguration>.Empty
            .Add(MethodKind.Sms, new MethodConfiguration(Enabled: false, [new MethodTarget(null, IsUser: false, UsableForSignIn: true)], []))
            .Add(MethodKind.Voice, new MethodConfiguration(
                Enabled: true, [new MethodTarget(Switchboard, IsUser: false, UsableForSignIn: true) { Others = """{"isRegistrationRequired":true}""" }], []))
            .Add(MethodKind.Authenticator, FakeTenant.AllAllowed.Configurations[MethodKind.Authenticator]),
        ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty.Add(Switchboard, []),
        "migrationInProgress")
    {
        Campaign = new RegistrationCampaign(
            CampaignState.Enabled, 5, [new MethodTarget(Switchboard, IsUser: false, UsableForSignIn: true) { Asks = RegistrationCampaign.Authenticator }], [])
        {
            Others = """{"authenticationMethodsRegistrationCampaign":{"enforceRegistrationAfterAllowedSnoozes":false}}""",
        },
    };

    internal static World New(int lagSeconds = 0, int answers = 0)
    {
        var world = new World(rest: Ensure);
        world.Tenant.Policy = new Observed<MethodsPolicy>.Seen(Start, world.Time.GetUtcNow());
        world.Tenant.Lag = TimeSpan.FromSeconds(lagSeconds);
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

    private static string Text(MethodsPolicy policy) => string.Join('\n', policy.Configurations.Select(static pair =>
        $"{pair.Key} {pair.Value.Enabled} {string.Join(' ', pair.Value.Include)} {string.Join(' ', pair.Value.Exclude)}"))
        + $"\n{policy.Campaign?.State} {policy.Campaign?.SnoozeDays} {policy.Campaign?.Others} {string.Join(' ', policy.Campaign?.Include ?? [])}";

    [Fact]
    public async Task The_prepare_stage_comes_first_and_writes_the_policy_alone()
    {
        var world = New();

        var preview = await world.PreviewAsync();
        (await world.ApplyAsync(preview.Digest)).Complete.ShouldBeTrue();

        preview.Header.Stage.ShouldBe(StageId.Prepare);
        world.Tenant.Effects.Select(static effect => $"{effect.Unit} {effect.Change}").ShouldBe(
        [
            "policy/authenticationMethods policy.sms", "policy/authenticationMethods policy.voice", "policy/authenticationMethods policy.hardwareOath",
            "policy/authenticationMethods policy.registrationCampaign",
        ]);
        world.Tenant.PolicyTruth.Configurations[MethodKind.Voice].Include[0].ShouldBe(Start.Configurations[MethodKind.Voice].Include[0]);
        world.Tenant.PolicyTruth.Configurations[MethodKind.Sms].Enabled.ShouldBeTrue();
        world.Tenant.PolicyTruth.Campaign.ShouldNotBeNull().ShouldSatisfyAllConditions(
            static campaign => campaign.Include[0].ShouldBe(Start.Campaign!.Include[0]),
            static campaign => campaign.Include.Length.ShouldBe(2),
            static campaign => campaign.SnoozeDays.ShouldBe(5), // of others too, so it stays
            static campaign => campaign.Others.ShouldBe(Start.Campaign!.Others));
        (await world.PreviewAsync()).Header.ShouldSatisfyAllConditions(
            static header => header.Stage.ShouldBe(StageId.Migrate), static header => header.Forecast.ShouldBeFalse());
    }

    [Fact]
    public async Task A_later_stage_is_a_forecast_made_by_the_policy_that_is_to_be()
    {
        var world = New();

        var forecast = await world.PreviewAsync(stage: StageId.Migrate);

        forecast.Header.Forecast.ShouldBeTrue();
        forecast.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        forecast.Footer.Guards.ShouldContain(static guard => guard.Code == GuardDiagnostics.PrepareFirst.Code);
        forecast.Footer.Totals.LeftWithout.ShouldBe(0);
        world.Tenant.Sends.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(7, 1)]
    [InlineData(7, 2)]
    public async Task A_kill_at_any_step_neither_loses_nor_repeats_a_write_of_the_policy(int lagSeconds, int answers)
    {
        var whole = New();
        await whole.FinishAsync();

        var steps = await World.KilledAtEveryStepAsync(() => New(lagSeconds, answers), (world, when) =>
        {
            Text(world.Tenant.PolicyTruth).ShouldBe(Text(whole.Tenant.PolicyTruth), when);
            world.Truth().ShouldBe(whole.Truth(), when);
        });

        steps.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task What_somebody_else_set_since_the_preview_is_not_written_over()
    {
        var world = New();
        var preview = await world.PreviewAsync();
        var moved = Start with
        {
            Configurations = Start.Configurations.SetItem(MethodKind.Sms, new MethodConfiguration(Enabled: true, [], [])),
        };
        world.Tenant.Policy = new Observed<MethodsPolicy>.Seen(moved, world.Time.GetUtcNow());

        var result = await world.ApplyAsync(preview.Digest);

        result.Complete.ShouldBeFalse();
        result.Outcomes["drifted"].ShouldBe(1);
        Text(world.Tenant.PolicyTruth).ShouldBe(Text(moved)); // a unit that moved is left alone as a whole
        world.Tenant.Sends.ShouldBe(0);
    }

    [Fact]
    public async Task A_configuration_that_is_refused_holds_no_other_up()
    {
        var world = New();
        world.Tenant.Answer = static (_, _, change) => change.Id == "policy.sms" ? FakeAnswer.Refused : FakeAnswer.Success;

        var result = await world.ApplyAsync((await world.PreviewAsync()).Digest);

        result.Outcomes.ShouldBe(new Dictionary<string, long> { ["applied"] = 3, ["refused"] = 1 }, ignoreOrder: true);
        world.Tenant.PolicyTruth.Configurations[MethodKind.Sms].Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_is_not_written()
    {
        var world = New();
        var preview = await world.PreviewAsync();
        world.Tenant.Policy = new Observed<MethodsPolicy>.Unknown("403");

        var result = await world.ApplyAsync(preview.Digest);

        result.Outcomes.ShouldBe(new Dictionary<string, long> { ["blocked"] = 4 });
        world.Tenant.Sends.ShouldBe(0);
    }

    [Fact]
    public async Task A_campaign_that_cannot_be_read_is_unknown_and_holds_every_stage()
    {
        var world = New();
        world.Tenant.CampaignUnread = "403";

        var preview = await world.PreviewAsync();

        preview.Footer.Verdict.ShouldBe(GuardVerdict.Unknown);
        preview.Footer.Guards.ShouldHaveSingleItem().Message.ShouldContain("The registration campaign could not be read (403)");
    }

    [Fact]
    public async Task A_campaign_that_cannot_be_looked_at_any_more_is_not_written()
    {
        var world = New();
        var preview = await world.PreviewAsync();
        world.Tenant.CampaignUnread = "403";

        var result = await world.ApplyAsync(preview.Digest);

        result.Outcomes.ShouldBe(new Dictionary<string, long> { ["blocked"] = 4 });
        world.Tenant.Sends.ShouldBe(0);
    }

    [Fact]
    public async Task Where_the_plan_asks_for_no_campaign_none_is_read()
    {
        var world = new World();
        world.Tenant.CampaignUnread = "403";

        (await world.PreviewAsync()).Footer.Verdict.ShouldBe(GuardVerdict.Holds);
    }

    [Fact]
    public async Task A_campaign_that_somebody_changed_since_the_preview_is_not_written_over()
    {
        var world = New();
        var preview = await world.PreviewAsync();
        var moved = Start with { Campaign = Start.Campaign! with { SnoozeDays = 14 } };
        world.Tenant.Policy = new Observed<MethodsPolicy>.Seen(moved, world.Time.GetUtcNow());

        var result = await world.ApplyAsync(preview.Digest);

        result.Outcomes["drifted"].ShouldBe(1);
        Text(world.Tenant.PolicyTruth).ShouldBe(Text(moved));
        world.Tenant.Sends.ShouldBe(0);
    }

    [Fact]
    public async Task Who_is_in_the_campaigns_group_is_an_input_of_the_stage()
    {
        var world = New();
        var preview = await world.PreviewAsync();
        var group = world.Tenant.Groups.Keys.Single(static group => group.DisplayName == "MFA-Migrate-All");
        world.Tenant.Groups[group] = world.Tenant.Groups[group].RemoveAt(0);

        var moved = await world.PreviewAsync();

        moved.Header.Inputs.Single(static input => input.Name.Contains("reRegister.campaign", StringComparison.Ordinal)).Fingerprint
            .ShouldNotBe(preview.Header.Inputs.Single(static input => input.Name.Contains("reRegister.campaign", StringComparison.Ordinal)).Fingerprint);
    }

    [Fact]
    public async Task A_campaign_moved_after_the_preview_of_users_is_told_from_the_methods()
    {
        var world = New();
        await world.ApplyAsync((await world.PreviewAsync()).Digest);
        var before = (await world.PreviewAsync()).Header;
        var truth = world.Tenant.PolicyTruth;
        world.Tenant.Policy = new Observed<MethodsPolicy>.Seen(
            truth with { Campaign = truth.Campaign! with { State = CampaignState.Disabled } }, world.Time.GetUtcNow());

        var after = (await world.PreviewAsync(stage: StageId.Migrate)).Header;

        after.Inputs.Except(before.Inputs).Select(static input => input.Name).ShouldBe(["registration campaign"]);
    }

    [Fact]
    public async Task A_rollback_finds_the_campaign_after_it_left_the_plan()
    {
        var world = New();
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);
        world.Plan = world.Plan with { ReRegister = null };

        var back = await world.PreviewRollbackAsync(applied.RunId);
        (await world.ApplyAsync(back.Digest)).Complete.ShouldBeTrue();

        world.Tenant.PolicyTruth.Campaign.ShouldBe(Start.Campaign);
    }

    [Fact]
    public async Task A_rollback_restores_what_still_is_as_it_was_written()
    {
        var world = New();
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);
        var changed = world.Tenant.PolicyTruth with
        {
            Configurations = world.Tenant.PolicyTruth.Configurations.SetItem(MethodKind.Voice, MethodConfiguration.Off),
        };
        world.Tenant.Policy = new Observed<MethodsPolicy>.Seen(changed, world.Time.GetUtcNow());

        var back = await world.PreviewRollbackAsync(applied.RunId);
        (await world.ApplyAsync(back.Digest)).Complete.ShouldBeTrue();

        back.Footer.Totals.Of(FindingCatalog.ChangedSince.Code).ShouldBe(1);
        world.Tenant.PolicyTruth.Configurations[MethodKind.Sms].IsLike(Start.Configurations[MethodKind.Sms]).ShouldBeTrue();
        world.Tenant.PolicyTruth.Configurations[MethodKind.HardwareOath].IsLike(MethodConfiguration.Off).ShouldBeTrue();
        world.Tenant.PolicyTruth.Configurations[MethodKind.Voice].ShouldBe(MethodConfiguration.Off);
    }

    [Fact]
    public async Task A_rollback_that_would_lock_users_out_is_refused()
    {
        var world = New();
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);
        await world.FinishAsync(); // now phones are brought, and for most they are all there is

        var back = await world.PreviewRollbackAsync(applied.RunId);

        var limit = back.Footer.Guards.Single(static guard => guard.Code == GuardDiagnostics.NoMethodLimit.Code);
        limit.Verdict.ShouldBe(GuardVerdict.Refuses);
        back.Footer.Totals.LeftWithout.ShouldBe(world.Tenant.Users.Keys.Count(user => world.Tenant.Truth(user).Authenticators == 0));
    }

    [Fact]
    public async Task Users_who_cannot_be_read_hold_a_rollback_of_the_policy()
    {
        var world = New();
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);
        world.Tenant.Unreadable[World.IdOf(1)] = "403";

        var back = await world.PreviewRollbackAsync(applied.RunId);

        back.Footer.Verdict.ShouldBe(GuardVerdict.Unknown);
    }

    [Fact]
    public async Task A_group_of_the_plan_that_is_not_there_refuses_the_stage()
    {
        var world = new World(rest: "policy: { ensure: { sms: { groups: [Nobody] } } }");

        var preview = await world.PreviewAsync();

        preview.Footer.Guards.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            static guard => guard.Code.ShouldBe(GuardDiagnostics.GroupNotFound.Code),
            static guard => guard.Message.ShouldContain("policy.ensure.sms.groups"));
    }
}
