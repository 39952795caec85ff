using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;
using MfaPlan.Core.Waves;

namespace MfaPlan.Core.Tests.Waves;

public sealed class WaveGuardsTests
{
    private static readonly Wave Pilot = new() { Name = "pilot", From = ["W1"], Into = ["R1"], Max = 100 };
    private static readonly Guid Own = new(1, 0, 0, new byte[8]);

    private static Guid User(int i) => new(i, 5, 0, new byte[8]);

    private static WaveGroup Group(bool attached = false, int members = 0, bool dynamic = false, bool synced = false, bool unified = false, int others = 0) => new(
        "R1",
        new DirectoryGroup(Own, "R1", dynamic, unified, synced),
        new GroupContent([.. Enumerable.Range(0, members).Select(User)], [.. Enumerable.Range(0, others).Select(static i => new Guid(i, 6, 0, new byte[8]))]),
        attached);

    private static RolloutPolicy Rollout(bool enabled = true, bool everybody = false, params Guid[] groups) =>
        new("p", "Old rollout", enabled, everybody, [.. groups]);

    private static ImmutableArray<GuardResult> Judge(
        WaveGroup group, RolloutPolicy? policy = null, long moved = 1, long unplaced = 0, int proved = 0, params Guid[] ours) =>
        WaveGuards.Judge(Pilot, policy, [group], [Own, .. ours], moved, unplaced, Enumerable.Range(0, proved).Select(User).ToHashSet());

    private static string[] Refusals(ImmutableArray<GuardResult> results) =>
        [.. results.Where(static result => result.Verdict != GuardVerdict.Holds).Select(static result => result.Code)];

    [Fact]
    public void An_empty_security_group_of_the_cloud_is_taken() => Refusals(Judge(Group())).ShouldBeEmpty();

    [Fact]
    public void Groups_that_staged_rollout_does_not_take_refuse()
    {
        Refusals(Judge(Group(dynamic: true))).ShouldBe(["MFP3160"]);
        Refusals(Judge(Group(synced: true))).ShouldBe(["MFP3160"]);
        Refusals(Judge(Group(unified: true))).ShouldBe(["MFP3160"]);
        Refusals(Judge(Group(others: 1))).ShouldBe(["MFP3160"]);
    }

    [Fact]
    public void A_rollout_that_would_move_others_refuses()
    {
        var other = User(99);

        Refusals(Judge(Group(), Rollout(everybody: true))).ShouldBe(["MFP3161"]);
        Refusals(Judge(Group(), Rollout(enabled: false, groups: other))).ShouldBe(["MFP3161"]);
        Refusals(Judge(Group(), Rollout(enabled: false, groups: other), ours: other)).ShouldBe(["MFP3161"]); // another wave's group moves too
        Refusals(Judge(Group(), Rollout(enabled: false, groups: Own))).ShouldBeEmpty();
        Refusals(Judge(Group(), Rollout(groups: other))).ShouldBeEmpty();
        Judge(Group(), Rollout(groups: other)).ShouldContain(static result => result.Code == "MFP3161" && result.Verdict == GuardVerdict.Holds);
        Judge(Group(), Rollout(groups: other), ours: other).ShouldNotContain(static result => result.Code == "MFP3161");
    }

    [Fact]
    public void Limits_refuse_above_and_hold_at_their_number()
    {
        Refusals(Judge(Group(), moved: 100)).ShouldBeEmpty();
        Refusals(Judge(Group(), moved: 101)).ShouldBe(["MFP3162"]);
        Refusals(Judge(Group(), unplaced: 1)).ShouldBe(["MFP3163"]);
        var nine = Enumerable.Range(200, 9).Select(User).ToArray();
        Refusals(Judge(Group(), Rollout(groups: nine))).ShouldBeEmpty();
        Refusals(Judge(Group(), Rollout(groups: [.. nine, User(300)]))).ShouldBe(["MFP3163"]);
        Refusals(Judge(Group(attached: true), Rollout(groups: [.. nine, Own]))).ShouldBeEmpty();
    }

    [Fact]
    public void Members_of_a_group_that_is_to_be_added_must_be_proved_and_few()
    {
        Refusals(Judge(Group(members: 3), proved: 3)).ShouldBeEmpty();
        Refusals(Judge(Group(members: 3), proved: 2)).ShouldBe(["MFP3164"]);
        Refusals(Judge(Group(members: 200), proved: 200)).ShouldBeEmpty();
        Refusals(Judge(Group(members: 201), proved: 201)).ShouldBe(["MFP3164"]);
        Refusals(Judge(Group(attached: true, members: 300))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FederationSettings.Enforce, "mfaServer", GuardVerdict.Refuses)]
    [InlineData(FederationSettings.Enforce, "none", GuardVerdict.Refuses)]
    [InlineData(FederationSettings.Enforce, "entra", GuardVerdict.Refuses)]
    [InlineData(FederationSettings.Enforce, "thirdParty", GuardVerdict.Holds)]
    [InlineData(FederationSettings.Accept, "mfaServer", GuardVerdict.Holds)]
    [InlineData(FederationSettings.Reject, "mfaServer", GuardVerdict.Holds)]
    [InlineData(null, "mfaServer", GuardVerdict.Refuses)]
    [InlineData(null, "none", GuardVerdict.Holds)]
    public void The_way_back_is_refused_where_it_leads_to_a_server_that_no_longer_serves(string? behavior, string today, GuardVerdict verdict)
    {
        var plan = PlanReader.Read(new SourceText("plan.yaml", $$"""
            apiVersion: mfaplan/v1
            kind: MigrationPlan
            metadata: { name: test }
            tenant: { id: 11111111-2222-4333-8444-555555555555 }
            domains: [{ name: contoso.com, expect: federated, mfaToday: {{today}}, evidence: CHG1 }]
            source: { mfaServer: { users: users.csv } }
            migrate: { groups: [All] }
            """)).Value!;
        Observed<FederationSettings?> seen = new Observed<FederationSettings?>.Seen(new FederationSettings("f", behavior, "{}"), DateTimeOffset.UnixEpoch);

        WayBackGuards.Judge(plan, [("Contoso.com", seen, 3)]).ShouldHaveSingleItem().Verdict.ShouldBe(verdict);
        WayBackGuards.Judge(plan, [("contoso.com", new Observed<FederationSettings?>.Seen(null, DateTimeOffset.UnixEpoch), 3)]).ShouldHaveSingleItem().Verdict
            .ShouldBe(today == "mfaServer" ? GuardVerdict.Refuses : GuardVerdict.Holds);
        WayBackGuards.Judge(plan, [("contoso.com", new Observed<FederationSettings?>.Unknown("403"), 3)]).ShouldHaveSingleItem().Verdict
            .ShouldBe(GuardVerdict.Unknown);
    }
}
