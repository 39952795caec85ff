using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using static MfaPlan.Core.Tests.Proofs.AccessCases;

namespace MfaPlan.Core.Tests.Proofs;

public sealed class LockoutTableTests
{
    private static readonly UserMethods Nothing = new(MethodParts.Methods);

    private static readonly Dictionary<string, UserMethods> Methods = new(StringComparer.Ordinal)
    {
        ["nothing"] = Nothing,
        ["phones"] = Phones,
        ["app"] = App,
        ["soft"] = Nothing with { SoftwareTokens = 1 },
        ["hard"] = Nothing with { HardwareTokens = 1 },
        ["passkey"] = Nothing with { PhishingResistant = 1 },
        ["fido2"] = Nothing with { PhishingResistant = 1, Passkeys = 1 },
        ["fido2 and hello"] = Nothing with { PhishingResistant = 2, Passkeys = 1 },
        ["odd"] = Nothing with { Others = 1 },
    };

    [Theory]
    [InlineData("nothing", "nothing", LockoutVerdict.LockedOut, "MFP3130")]
    [InlineData("nothing", "app", LockoutVerdict.LockedOut, "MFP3130")]
    [InlineData("app", "nothing", LockoutVerdict.LockedOut, "MFP3130")]
    [InlineData("odd", "odd", LockoutVerdict.LockedOut, "MFP3130")]
    [InlineData("phones", "phones", LockoutVerdict.PhoneOnly, "MFP3131")]
    [InlineData("app", "phones", LockoutVerdict.PhoneOnly, "MFP3131")]
    [InlineData("phones", "app", LockoutVerdict.Proved, null)]
    [InlineData("soft", "soft", LockoutVerdict.Proved, null)]
    [InlineData("hard", "hard", LockoutVerdict.Proved, null)]
    [InlineData("passkey", "passkey", LockoutVerdict.Proved, null)]
    public void Usable_now_and_after_must_hold_and_what_survives_must_or_be_accepted(string now, string after, LockoutVerdict verdict, string? code)
    {
        var proof = Judge(View(MfaForAll), methods: Methods[now], after: Methods[after]);

        proof.Lockout.ShouldBe(verdict);
        proof.Findings.Select(static finding => finding.Code).ShouldBe(code is null ? [] : [code]);
        proof.Holds.ShouldBe(code is null);
    }

    [Theory]
    [InlineData("2027-01-15", true, LockoutVerdict.PhoneOnlyAccepted, "MFP3132")]
    [InlineData("2026-11-24", true, LockoutVerdict.PhoneOnlyAccepted, "MFP3132")]
    [InlineData("2026-11-23", true, LockoutVerdict.PhoneOnly, "MFP3131")]
    [InlineData("2027-01-15", false, LockoutVerdict.PhoneOnly, "MFP3131")]
    [InlineData("2027-01-15", null, LockoutVerdict.Unknown, "MFP3137")]
    public void Phones_alone_are_accepted_for_members_until_the_day(string until, bool? member, LockoutVerdict verdict, string code)
    {
        var terms = new PhoneOnlyTerms(
            member is { } known ? Seen<ImmutableHashSet<Guid>>(known ? [User] : []) : new Observed<ImmutableHashSet<Guid>>.Unknown("HTTP403"),
            DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture), "CHG1");

        var proof = Of(Context(View(MfaForAll)) with { PhoneOnly = terms }, Phones);

        (proof.Lockout, proof.Findings.Single().Code).ShouldBe((verdict, code));
    }

    [Theory]
    [InlineData("2027-01-31T23:59:59Z", true)]
    [InlineData("2027-02-01T00:00:00Z", false)]
    public void From_its_last_day_a_retired_method_answers_nothing(string at, bool usable)
    {
        var context = Context(View(MfaForAll)) with { AsOf = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture) };

        Of(context, Phones).Usability.ShouldBe(new Usability(usable, usable, Survives: false));
        Of(context, Phones with { Authenticators = 1 }).Usability.ShouldBe(new Usability(Now: true, After: true, Survives: true));
    }

    [Fact]
    public void Methods_that_could_not_be_read_are_unknown()
    {
        var proof = MoveProof.Of(Context(View(MfaForAll))).Judge(
            new ProofUser(Account(), Federated: true), new Observed<UserMethods>.Unknown("Timeout"), null);

        (proof.Lockout, proof.Usability, proof.IsUnknown).ShouldBe((LockoutVerdict.Unknown, null, true));
    }

    [Fact]
    public void A_part_of_the_methods_is_not_taken_for_all() => Should.Throw<ArgumentException>(
        static () => Judge(View(MfaForAll), methods: new UserMethods(MethodParts.Phones)));

    [Fact]
    public void A_disabled_account_is_not_judged()
    {
        var proof = Judge(View(), Account(enabled: false), Nothing);

        (proof.Lockout, proof.Findings.Length, proof.Holds).ShouldBe((LockoutVerdict.Disabled, 0, true));
    }

    [Theory]
    [InlineData("s2", "app", true, LockoutVerdict.Proved)]
    [InlineData("s2", "hard", null, LockoutVerdict.Proved)]
    [InlineData("s4", "app", true, LockoutVerdict.LockedOut)]
    [InlineData("s4", "hard", true, LockoutVerdict.LockedOut)]
    [InlineData("s4", "passkey", true, LockoutVerdict.Proved)]
    [InlineData("sKey", "passkey", true, LockoutVerdict.LockedOut)]
    [InlineData("sPassword", "app", false, LockoutVerdict.Proved)]
    [InlineData("sPassword", "app", true, LockoutVerdict.LockedOut)]
    [InlineData("sPassword", "app", null, LockoutVerdict.LockedOut)]
    [InlineData("sPassword", "hard", false, LockoutVerdict.LockedOut)]
    [InlineData("s9", "app", true, LockoutVerdict.Unknown)]
    public void A_strength_is_met_by_a_combination_of_the_first_factor_and_a_method(
        string strength, string methods, bool? federated, LockoutVerdict verdict)
    {
        var proof = Judge(View(MfaForAll, Strong(strength)), methods: Methods[methods], federated: federated);

        proof.Lockout.ShouldBe(verdict);
    }

    [Theory]
    [InlineData("compliantDevice", "app", LockoutVerdict.Unknown)]
    [InlineData("compliantDevice", "passkey", LockoutVerdict.Proved)]
    [InlineData("mfa", "app", LockoutVerdict.Proved)]
    public void A_strength_of_which_another_control_may_stand_in_is_not_judged_by_a_guess(string other, string methods, LockoutVerdict verdict)
    {
        var either = Strong("s4") with { Controls = new("OR", [other], 0, "s4") };

        Judge(View(MfaForAll, either), methods: Methods[methods]).Lockout.ShouldBe(verdict);
    }

    [Theory]
    [InlineData("fido2", "off", LockoutVerdict.LockedOut)]
    [InlineData("fido2", "none", LockoutVerdict.LockedOut)]
    [InlineData("fido2", "others", LockoutVerdict.LockedOut)]
    [InlineData("fido2", "excluded", LockoutVerdict.LockedOut)]
    [InlineData("fido2", "all", LockoutVerdict.Proved)]
    [InlineData("fido2 and hello", "off", LockoutVerdict.Proved)]
    [InlineData("passkey", "off", LockoutVerdict.Proved)]
    public void Passkeys_count_where_the_methods_policy_is_open_to_them(string methods, string policy, LockoutVerdict verdict)
    {
        var all = new MethodTarget(null, IsUser: false, UsableForSignIn: true);
        var context = Context(View(MfaForAll));
        context = context with
        {
            Policy = context.Policy with
            {
                Passkeys = policy switch
                {
                    "off" => new MethodConfiguration(Enabled: false, [all], []),
                    "others" => new MethodConfiguration(Enabled: true, [new MethodTarget(AccessCases.Group, IsUser: true, UsableForSignIn: true)], []),
                    "excluded" => new MethodConfiguration(Enabled: true, [all], [new MethodTarget(User, IsUser: true, UsableForSignIn: true)]),
                    "all" => new MethodConfiguration(Enabled: true, [all], []),
                    _ => null,
                },
            },
        };

        Of(context, Methods[methods]).Lockout.ShouldBe(verdict);
    }

    [Fact]
    public void A_combination_that_is_narrowed_further_is_not_met()
    {
        var view = View(MfaForAll, Strong("s4"));
        var narrowed = view with
        {
            Strengths = Seen(view.Strengths.SeenOrDefault!.SetItem("s4", Resistant with { Narrowed = ["fido2"] })),
        };

        Judge(narrowed, methods: Methods["passkey"]).Lockout.ShouldBe(LockoutVerdict.LockedOut);
    }

    public static TheoryData<string, LockoutVerdict, string?> Reaches => new()
    {
        { "everywhere", LockoutVerdict.LockedOut, "MFP3134" },
        { "outside trusted locations", LockoutVerdict.LockedOut, "MFP3134" },
        { "all but an app", LockoutVerdict.LockedOut, "MFP3134" },
        { "one app", LockoutVerdict.Proved, "MFP3135" },
        { "at risk", LockoutVerdict.Proved, "MFP3135" },
        { "report-only", LockoutVerdict.Proved, null },
        { "disabled", LockoutVerdict.Proved, null },
        { "excluded", LockoutVerdict.Proved, null },
        { "not included", LockoutVerdict.Proved, null },
        { "or a device", LockoutVerdict.Unknown, "MFP3137" },
        { "and a device", LockoutVerdict.LockedOut, "MFP3134" },
        { "perhaps excluded", LockoutVerdict.Unknown, "MFP3137" },
        { "perhaps included", LockoutVerdict.Unknown, "MFP3137" },
        { "unknown condition", LockoutVerdict.Unknown, "MFP3137" },
        { "unknown state", LockoutVerdict.Unknown, "MFP3137" },
    };

    [Theory]
    [MemberData(nameof(Reaches))]
    public void A_strength_out_of_reach_locks_out_where_its_policy_reaches_the_user(string what, LockoutVerdict verdict, string? code)
    {
        var policy = Changed(Strong("s4"), what);

        var proof = Judge(View(MfaForAll, policy));

        proof.Lockout.ShouldBe(verdict);
        proof.Findings.Select(static finding => finding.Code).ShouldBe(code is null ? [] : [code]);
    }

    [Theory]
    [InlineData("everywhere", true)]
    [InlineData("outside trusted locations", true)]
    [InlineData("perhaps excluded", true)]
    [InlineData("unknown condition", true)]
    [InlineData("one app", false)]
    [InlineData("legacy clients", false)]
    [InlineData("report-only", false)]
    [InlineData("excluded", false)]
    public void A_policy_that_blocks_is_told_and_refuses_nothing(string what, bool told)
    {
        var policy = Changed(MfaForAll with { Id = "b1", Controls = new("OR", ["block"], 0, null) }, what);

        var proof = Judge(View(MfaForAll, policy));

        proof.Lockout.ShouldBe(LockoutVerdict.Proved);
        proof.Findings.Select(static finding => finding.Code).ShouldBe(told ? ["MFP3136"] : []);
    }

    [Theory]
    [InlineData("unknownFutureValue", true, LockoutVerdict.Unknown)]
    [InlineData("unknownFutureValue", false, LockoutVerdict.Proved)]
    [InlineData("compliantDevice", true, LockoutVerdict.Proved)]
    public void A_control_that_is_not_known_may_lock_out_where_it_is_needed(string control, bool all, LockoutVerdict verdict)
    {
        var policy = MfaForAll with { Id = "u1", Controls = new(all ? "AND" : "OR", ["mfa", control], 0, null) };

        Judge(View(MfaForAll, policy)).Lockout.ShouldBe(verdict);
    }

    [Fact]
    public void The_guards_add_the_proofs_up()
    {
        var tally = new ProofTally();
        var proof = MoveProof.Of(Context(View(MfaForAll)));
        tally.Add(Judge(View(MfaForAll)));
        ProofJudge.Judge(proof, tally.Build()).Select(static result => result.Verdict).ShouldAllBe(static verdict => verdict == Core.Guards.GuardVerdict.Holds);

        tally.Add(Judge(View(MfaForAll with { Exclude = Groups(Unread) })));
        ProofJudge.Judge(proof, tally.Build()).Select(static result => (result.Code, result.Verdict)).ShouldBe(
            [("MFP3140", Core.Guards.GuardVerdict.Holds), ("MFP3141", Core.Guards.GuardVerdict.Unknown)]);

        tally.Add(Judge(View(), methods: Phones));
        tally.Add(Judge(View(), Account(enabled: false)));
        var totals = tally.Build();
        ProofJudge.Judge(proof, totals).ShouldAllBe(static result => result.Verdict == Core.Guards.GuardVerdict.Refuses);
        (totals.Users, totals.Gaps, totals.DemandUnknown, totals.Of(LockoutVerdict.PhoneOnly), totals.Of(LockoutVerdict.Disabled)).ShouldBe((4, 1, 1, 1, 1));
    }

    [Fact]
    public void A_policy_that_v1_has_and_beta_has_not_makes_the_stage_wait()
    {
        var proof = MoveProof.Of(Context(View(MfaForAll) with { OnlyInBeta = ["x"], OnlyInV1 = ["y"] }));

        ProofJudge.Judge(proof, new ProofTally().Build()).Where(static result => result.Code == "MFP3142").Select(static result => result.Verdict)
            .ShouldBe([Core.Guards.GuardVerdict.Holds, Core.Guards.GuardVerdict.Unknown]);
    }

    [Fact]
    public void Every_retirement_of_the_data_file_is_dated_and_of_a_known_kind()
    {
        Retirements.All.Select(static retirement => (retirement.From, retirement.Ends)).ShouldBe(
            [(new DateOnly(2026, 9, 1), false), (new DateOnly(2027, 2, 1), true)]);
        Retirements.Announced.ShouldBe(MfaAnswers.Sms | MfaAnswers.Voice);
        Retirements.EndOf(MethodKind.Voice).ShouldBe(new DateOnly(2027, 2, 1));
        Retirements.EndOf(MethodKind.HardwareOath).ShouldBeNull();
        RuleData.PhonesEnd.ShouldBe(new DateOnly(2027, 2, 1));
    }

    private static UserProof Of(ProofContext context, UserMethods methods) =>
        MoveProof.Of(context).Judge(new ProofUser(Account(), Federated: true), Seen(methods), null);

    private static AccessPolicy Strong(string strength) => MfaForAll with { Id = "z1", DisplayName = "Strong", Controls = new("OR", [], 0, strength) };

    private static AccessPolicy Changed(AccessPolicy policy, string what) => what switch
    {
        "outside trusted locations" => policy with { Conditions = policy.Conditions with { Locations = ["All"], NotLocations = ["AllTrusted"] } },
        "all but an app" => policy with { Resources = AccessResources.All with { Exclude = ["a1"] } },
        "one app" => policy with { Resources = AccessResources.None with { Include = ["a1"] } },
        "at risk" => policy with { Conditions = policy.Conditions with { Risks = ["signInRiskLevels high"] } },
        "legacy clients" => policy with { Conditions = policy.Conditions with { ClientApps = ["exchangeActiveSync", "other"] } },
        "report-only" => policy with { State = AccessState.ReportOnly },
        "disabled" => policy with { State = AccessState.Disabled },
        "excluded" => policy with { Exclude = Groups(Group) },
        "not included" => policy with { Include = Groups(Empty) },
        "or a device" => policy with { Controls = policy.Controls with { BuiltIn = ["compliantDevice"] } },
        "and a device" => policy with { Controls = policy.Controls with { Operator = "AND", BuiltIn = ["compliantDevice"] } },
        "perhaps excluded" => policy with { Exclude = Groups(Unread) },
        "perhaps included" => policy with { Include = Roles(RoleByGroup) },
        "unknown condition" => policy with { UnjudgedConditions = ["conditions.times"] },
        "unknown state" => policy with { State = AccessState.Unknown },
        _ => policy,
    };
}
