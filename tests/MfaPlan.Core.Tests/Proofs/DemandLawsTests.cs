using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Tenants.Access;
using static MfaPlan.Core.Tests.Proofs.AccessCases;

namespace MfaPlan.Core.Tests.Proofs;

public sealed class DemandLawsTests
{
    private static readonly Gen<AccessUsers> Side = Gen.Select(
        Gen.Frequency((2, Gen.Const(value: false)), (1, Gen.Const(value: true))),
        Some(User, Group), Some(Group, Empty, Unread), Some(Role, RoleByGroup, RoleOfOthers, UnreadRole)).Select(
            static (all, users, groups, roles) => new AccessUsers(all, users, groups, roles, null));

    private static readonly Gen<AccessResources> Resources = Gen.Select(
        Gen.Frequency((5, Gen.Const(ImmutableArray.Create("All"))), (1, Words("a1", "Office365", "None"))),
        Rarely(Words("a1")), Rarely(Words("urn:user:registerdevice")), Rarely(Words("c1")), Gen.Int[0, 9]).Select(
            static (include, exclude, actions, contexts, filter) => new AccessResources(include, exclude, actions, contexts, filter == 0));

    private static readonly Gen<AccessConditions> Conditions = Gen.Select(
        Gen.Select(Gen.Frequency((5, Gen.Const(ImmutableArray.Create("all"))), (1, Words("browser", "other"))), Rarely(Words("all", "iOS")), Rarely(Words("windows"))),
        Gen.Select(Rarely(Words("All", "l1")), Rarely(Words("l1")), Rarely(Words("signInRiskLevels high")), Rarely(Words("deviceCodeFlow"))),
        Gen.Int[0, 9]).Select(static (one, two, rest) => new AccessConditions
        {
            ClientApps = one.Item1,
            Platforms = one.Item2,
            NotPlatforms = one.Item3,
            Locations = two.Item1,
            NotLocations = two.Item2,
            Risks = two.Item3,
            Flows = two.Item4,
            Devices = rest == 0 ? "a filter" : null,
            Workloads = rest == 1,
        });

    // Two MFA demands under OR are left out: the service does not combine them, and ours proves nothing by them.
    private static readonly Gen<AccessControls> Controls = Gen.Select(
        OneOf("AND", "OR"), Gen.Frequency((4, Gen.Const(ImmutableArray.Create("mfa"))), (2, Words("mfa", "block", "compliantDevice", "passwordChange"))),
        Gen.Frequency((5, Gen.Const(0)), (1, Gen.Const(1))), Rarely(Words("s2", "sNone"))).Select(static (op, words, others, strengths) =>
            new AccessControls(op, words, others, words.Contains("mfa") ? null : strengths.FirstOrDefault()));

    private static readonly Gen<AccessPolicy> Policy = Gen.Select(
        Gen.Frequency((5, Gen.Const(AccessState.Enabled)), (1, OneOf(AccessState.Disabled, AccessState.ReportOnly))),
        Gen.Select(Gen.Frequency((1, Side), (2, Gen.Const(AccessUsers.Everybody))), Gen.Frequency((2, Side), (3, Gen.Const(AccessUsers.Nobody)))), Resources,
        Conditions, Controls, Gen.Frequency((9, Gen.Const(value: false)), (1, Gen.Const(value: true)))).Select(static (state, users, resources, conditions, controls, odd) =>
            new AccessPolicy("p", "P", state)
            {
                Include = users.Item1,
                Exclude = users.Item2,
                Resources = resources,
                Conditions = conditions,
                Controls = controls,
                UnjudgedConditions = odd ? ["conditions.odd"] : [],
            });

    private static readonly Gen<AccessView> Tenant = Policy.Array[0, 4].Select(static policies =>
        View([.. policies.Select(static (policy, i) => policy with { Id = "p" + i })]));

    [Fact]
    public void A_demand_is_proved_exactly_where_a_naive_judge_finds_no_way_round_it() => Tenant.Sample(
        static view => (Judge(view).Demand is MfaDemand.By).ShouldBe(NaiveAccess.Demands(view, User)), iter: 3_000);

    [Fact]
    public void Random_tenants_come_out_either_way()
    {
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        var gate = new Lock();
        Tenant.Sample(
            view =>
            {
                var word = Word(Judge(view));
                lock (gate)
                {
                    outcomes.Add(word);
                }
            },
            iter: 1_000);

        outcomes.Order(StringComparer.Ordinal).ShouldBe(["gap", "proved", "unknown"]);
    }

    [Fact]
    public void Taking_an_exclusion_away_never_loses_a_demand() => Policy.Sample(static policy =>
    {
        var weaker = new[]
        {
            policy with { Exclude = AccessUsers.Nobody },
            policy with { Exclude = policy.Exclude with { Groups = [] } },
            policy with { Resources = policy.Resources with { Exclude = [] } },
            policy with { Conditions = policy.Conditions with { NotLocations = [], NotPlatforms = [] } },
        };
        if (Proved(policy))
        {
            weaker.ShouldAllBe(static changed => Proved(changed));
        }
    });

    [Fact]
    public void Adding_a_control_under_OR_never_creates_a_demand() => Gen.Select(Policy, OneOf("compliantDevice", "domainJoinedDevice", "mfa")).Sample(
        static (policy, word) =>
        {
            var more = policy with { Controls = policy.Controls with { Operator = "OR", BuiltIn = policy.Controls.BuiltIn.Add(word) } };
            if (policy.Controls.Count > 0 && !Proved(policy))
            {
                Proved(more).ShouldBeFalse();
            }
        });

    [Fact]
    public void A_policy_that_is_off_or_has_an_unknown_member_never_proves() => Policy.Sample(static policy =>
    {
        Proved(policy with { State = AccessState.Disabled }).ShouldBeFalse();
        Proved(policy with { State = AccessState.ReportOnly }).ShouldBeFalse();
        Proved(policy with { State = AccessState.Unknown }).ShouldBeFalse();
        Proved(policy with { UnjudgedConditions = ["x"] }).ShouldBeFalse();
        Proved(policy with { UnjudgedControls = ["x"] }).ShouldBeFalse();
        Proved(policy with { Controls = policy.Controls with { BuiltIn = policy.Controls.BuiltIn.Add("tea") } }).ShouldBeFalse();
    });

    [Fact]
    public void Another_policy_never_takes_a_demand_away() => Gen.Select(Tenant, Policy).Sample(static (view, policy) =>
    {
        if (Judge(view).Demand is MfaDemand.By)
        {
            (Judge(view with { Policies = view.Policies.Add(policy with { Id = "p9" }) }).Demand is MfaDemand.By).ShouldBeTrue();
        }
    });

    [Fact]
    public void The_order_of_policies_changes_neither_verdict() => Tenant.Sample(static view =>
    {
        var one = Judge(view);
        var other = Judge(view with { Policies = [.. view.Policies.Reverse()] });

        (Word(other), other.Lockout).ShouldBe((Word(one), one.Lockout));
    });

    private static bool Proved(AccessPolicy policy) => Judge(policy).Demand is MfaDemand.By;

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<ImmutableArray<Guid>> Some(params Guid[] ids) => Gen.Int[0, (3 * ids.Length) - 1].Select(
        i => i < ids.Length ? ImmutableArray.Create(ids[i]) : []);

    private static Gen<ImmutableArray<string>> Words(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => ImmutableArray.Create(words[i]));

    private static Gen<ImmutableArray<string>> Rarely(Gen<ImmutableArray<string>> words) =>
        Gen.Frequency((6, Gen.Const(ImmutableArray<string>.Empty)), (1, words));
}
