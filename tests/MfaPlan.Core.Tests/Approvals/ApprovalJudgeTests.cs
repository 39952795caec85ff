using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Approvals;

/// <summary>What opens and what does not, and the laws that hold whatever the approvals are.</summary>
public sealed class ApprovalJudgeTests
{
    private static readonly ApprovalDemand.ForChangeSet NotByErin = Cases.Demand with { Author = "Erin@contoso.com" };

    public static TheoryData<string, ApprovalCase> Table { get; } = new()
    {
        { "as demanded", new(Cases.Demand, Cases.Signed(), null) },
        { "to the last second", new(Cases.Demand, Cases.Signed(Cases.Terms with { Expires = Cases.Now.AddSeconds(1) }), null) },
        { "signed by a clock ahead", new(Cases.Demand, Cases.Signed(Cases.Terms with { Expires = Cases.Now.AddHours(72).AddMinutes(5) }), null) },
        { "unreadable", new(Cases.Demand, new SignedApproval.Unreadable("one", "it is cut off"), ApprovalDiagnostics.Unreadable) },
        { "broken", new(Cases.Demand, Cases.Signed() with { Signature = new SignatureCheck.Broken() }, ApprovalDiagnostics.Broken) },
        { "key nobody knows", new(Cases.Demand, Cases.Signed() with { Signature = new SignatureCheck.Good([], []) }, ApprovalDiagnostics.NotAllowed) },
        {
            "key of somebody else",
            new(Cases.Demand, Cases.Signed() with { Signature = new SignatureCheck.Good([], ["frank@contoso.com"]) }, ApprovalDiagnostics.NotAllowed)
        },
        { "over", new(Cases.Demand, Cases.Signed(Cases.Terms with { Expires = Cases.Now }), ApprovalDiagnostics.Expired) },
        { "longer than the plan", new(Cases.Demand, Cases.Signed(Cases.Terms with { Expires = Cases.Now.AddHours(73) }), ApprovalDiagnostics.TooLong) },
        { "the author, in other letters", new(NotByErin, Cases.Signed(), ApprovalDiagnostics.ByAuthor) },
        {
            "the author under another name",
            new(NotByErin, Cases.Signed() with { Signature = new SignatureCheck.Good(["erin@contoso.com"], ["ops", "ERIN@contoso.com"]) }, ApprovalDiagnostics.ByAuthor)
        },
        {
            "a key that a pattern lets sign as the author",
            new(
                Cases.Demand with { Author = "frank@contoso.com" },
                Cases.Signed() with { Signature = new SignatureCheck.Good(["erin@contoso.com", "frank@contoso.com"], ["*@contoso.com"]) },
                ApprovalDiagnostics.ByAuthor)
        },
        { "another tenant", new(Cases.Demand with { Tenant = Guid.Empty }, Cases.Signed(), ApprovalDiagnostics.OfAnother) },
        { "another plan", new(Cases.Demand with { PlanDigest = new('b', 64) }, Cases.Signed(), ApprovalDiagnostics.OfAnother) },
        { "another change set", new(Cases.Demand with { Digest = new('e', 64) }, Cases.Signed(), ApprovalDiagnostics.OfAnother) },
        { "a standing one for a change set", new(Cases.Demand, Cases.Signed(Cases.StandingTerms), ApprovalDiagnostics.OfAnother) },
        { "one of a change set for what is to come", new(Cases.StandingDemand, Cases.Signed(), ApprovalDiagnostics.OfAnother) },
        { "standing", new(Cases.StandingDemand, Cases.Signed(Cases.StandingTerms), null) },
        { "standing, the last user", new(Cases.StandingDemand with { UsersToday = 500 }, Cases.Signed(Cases.StandingTerms), null) },
        { "standing, a user more", new(Cases.StandingDemand with { UsersToday = 501 }, Cases.Signed(Cases.StandingTerms), ApprovalDiagnostics.Exceeded) },
        {
            "standing, another kind",
            new(Cases.StandingDemand with { Kinds = ["phone.mobile", "defaultMethod"] }, Cases.Signed(Cases.StandingTerms), ApprovalDiagnostics.Exceeded)
        },
        {
            "standing, beyond the plan's end",
            new(Cases.StandingDemand, Cases.Signed(Cases.StandingTerms with { Expires = Cases.Now.AddDays(101) }), ApprovalDiagnostics.TooLong)
        },
        { "standing, over", new(Cases.StandingDemand, Cases.Signed(Cases.StandingTerms with { Expires = Cases.Now }), ApprovalDiagnostics.Expired) },
    };

    /// <summary>What the judge can meet: names and keys of four people, sound and flawed.</summary>
    private static Gen<SignedApproval> Approvals { get; } =
        from person in Gen.Int[0, 3]
        from key in Gen.Int[0, 3]
        from flaw in Gen.Int[0, 7]
        from hours in Gen.Int[-5, 80]
        from name in Gen.Int[0, 10_000]
        select Varied($"p{person}", $"k{key}", flaw, hours, $"n{name}");

    private static Gen<ApprovalDemand.ForChangeSet> Demands { get; } =
        from signers in Gen.Int[1, 4]
        from author in Gen.Int[0, 6]
        select Cases.Demand with { Signers = signers, Author = author < 4 ? $"p{author}" : null };

    [Theory]
    [MemberData(nameof(Table), DisableDiscoveryEnumeration = true)]
    public void Judges(string what, ApprovalCase row)
    {
        ArgumentNullException.ThrowIfNull(row);

        var verdict = ApprovalJudge.Judge(row.Demand, [row.Approval], Cases.Now);

        verdict.Opinions.Single().Flaw.ShouldBe(row.Flaw, what);
        verdict.Opens.ShouldBe(row.Flaw is null, what);
        verdict.Opinions.Single().Reason.EndsWith('.').ShouldBe(row.Flaw is not null, what);
    }

    [Fact]
    public void Nobody_opens_nothing_even_where_nobody_is_asked_for()
    {
        ApprovalJudge.Judge(Cases.Demand, [], Cases.Now).Opens.ShouldBeFalse();
        ApprovalJudge.Judge(Cases.Demand with { Signers = 0 }, [], Cases.Now).Opens.ShouldBeFalse();
    }

    [Theory]
    [InlineData("a:1", 1)]
    [InlineData("a:1 b:2", 2)]
    [InlineData("a:1 a:2", 1)]
    [InlineData("a:1 A:2", 1)]
    [InlineData("a:1 b:1", 1)]
    [InlineData("a:1 a:2 b:1", 2)]
    [InlineData("a:1 b:1 c:1", 1)]
    [InlineData("a:1 a:2 a:3 b:1 c:1", 2)]
    [InlineData("b:1 c:2 a:1 a:2 a:3", 3)]
    public void One_is_one_with_however_many_keys_and_names(string signatures, int people)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        var pairs = signatures.Split(' ').Select(static pair => (pair.Split(':')[0], pair.Split(':')[1]));

        ApprovalJudge.People([.. pairs]).ShouldBe(people);
        ApprovalJudge.People([.. pairs.Reverse()]).ShouldBe(people);
    }

    [Fact]
    public void People_are_as_many_as_the_best_choice_of_signatures_without_a_name_or_key_twice() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3]).Array[0, 8].Sample(pairs =>
        {
            var signatures = pairs.Select(static pair => ($"p{pair.Item1}", $"k{pair.Item2}")).ToImmutableArray();
            var best = Enumerable.Range(0, 1 << signatures.Length)
                .Select(mask => signatures.Where((_, index) => (mask >> index & 1) == 1).ToList())
                .Where(static chosen => chosen.DistinctBy(static one => one.Item1).Count() == chosen.Count && chosen.DistinctBy(static one => one.Item2).Count() == chosen.Count)
                .Max(static chosen => chosen.Count);

            return ApprovalJudge.People(signatures) == best;
        });

    [Fact]
    public void Taking_a_signature_away_never_opens_and_adding_one_never_closes() =>
        Gen.Select(Demands, Approvals.Array[0, 6], Approvals).Sample((demand, approvals, one) =>
        {
            var without = ApprovalJudge.Judge(demand, approvals, Cases.Now);
            var with = ApprovalJudge.Judge(demand, [.. approvals, one], Cases.Now);

            return (!without.Opens || with.Opens) && without.Signers <= with.Signers;
        });

    [Fact]
    public void What_does_not_count_changes_nothing() =>
        Gen.Select(Demands, Approvals.Array[0, 6]).Sample((demand, approvals) =>
        {
            var verdict = ApprovalJudge.Judge(demand, approvals, Cases.Now);
            var counting = approvals.Where(approval => ApprovalJudge.Judge(demand, [approval], Cases.Now).Opinions.Single().Counts);

            return verdict.Signers == ApprovalJudge.Judge(demand, counting, Cases.Now).Signers;
        });

    [Fact]
    public void Order_changes_nothing() =>
        Gen.Select(Demands, Approvals.Array[0, 6]).Sample((demand, approvals) =>
            ApprovalJudge.Judge(demand, approvals, Cases.Now).Signers == ApprovalJudge.Judge(demand, approvals.Reverse(), Cases.Now).Signers);

    [Fact]
    public void Once_over_an_approval_never_holds_again() =>
        Gen.Select(Approvals, Gen.Int[0, 200_000], Gen.Int[0, 200_000]).Sample((approval, first, more) =>
        {
            var earlier = Flaw(approval, Cases.Now.AddSeconds(first));
            var later = Flaw(approval, Cases.Now.AddSeconds(first + more));

            return earlier != ApprovalDiagnostics.Expired || later == ApprovalDiagnostics.Expired;
        });

    [Fact]
    public void Within_what_the_plan_allows_a_later_expiry_holds_at_least_as_long() =>
        Gen.Select(Gen.Int[-10, 72], Gen.Int[-10, 72], Gen.Int[0, 72]).Sample((one, other, passed) =>
        {
            var (sooner, later) = (Math.Min(one, other), Math.Max(one, other));
            var now = Cases.Now.AddHours(passed);

            return Flaw(Cases.Signed(Cases.Terms with { Expires = Cases.Now.AddHours(sooner) }), now) is not null
                || Flaw(Cases.Signed(Cases.Terms with { Expires = Cases.Now.AddHours(later) }), now) is null;
        });

    [Theory]
    [InlineData(1, 2, false, 1)]
    [InlineData(1, 2, true, 2)]
    [InlineData(3, 2, true, 3)]
    [InlineData(2, 1, true, 2)]
    public void What_cannot_be_taken_back_asks_for_as_many_as_its_part_says(int signers, int cutOver, bool isCutOver, int needed)
    {
        var plan = PlanOf(signers) with { CutOver = new CutOver { Domains = [], Signers = cutOver } };

        ApprovalDemand.Of(plan, Cases.Plan, Cases.Digest, isCutOver ? StageId.CutOver : StageId.Migrate)!.Signers.ShouldBe(needed);
        ApprovalDemand.Of(PlanOf(1), Cases.Plan, Cases.Digest, StageId.CutOver)!.Signers.ShouldBe(2);
    }

    [Fact]
    public void The_author_is_who_the_plan_says_and_else_its_owner()
    {
        var plan = PlanOf(1);

        ApprovalDemand.AuthorOf(plan).ShouldBe("owner@contoso.com");
        ApprovalDemand.AuthorOf(plan with { Metadata = plan.Metadata with { Author = "erin" } }).ShouldBe("erin");
        ApprovalDemand.AuthorOf(plan with { Approvals = plan.Approvals! with { NotAuthor = false } }).ShouldBeNull();
        ApprovalDemand.Of(plan with { Approvals = null }, Cases.Plan, Cases.Digest, StageId.Migrate).ShouldBeNull();
    }

    [Fact]
    public void A_standing_demand_ends_with_the_last_day_of_the_plans_continuous_migration()
    {
        var plan = PlanOf(2) with { Sync = new Sync { Every = new Duration(TimeSpan.FromMinutes(15)), Expires = new DateOnly(2027, 1, 10) } };

        var demand = ApprovalDemand.OfSync(plan, Cases.Plan, ["phone.mobile"], 3)!;

        demand.Until.ShouldBe(new DateTimeOffset(2027, 1, 11, 0, 0, 0, TimeSpan.Zero));
        demand.Signers.ShouldBe(2);
        ApprovalDemand.OfSync(plan with { Sync = null }, Cases.Plan, [], 0).ShouldBeNull();
    }

    private static DiagnosticDescriptor? Flaw(SignedApproval approval, DateTimeOffset now) =>
        ApprovalJudge.Judge(Cases.Demand, [approval], now).Opinions.Single().Flaw;

    private static Plan PlanOf(int signers) => new()
    {
        ApiVersion = "mfaplan/v1",
        Kind = "MigrationPlan",
        Metadata = new Metadata { Name = "plan", Owner = "owner@contoso.com" },
        Tenant = new TenantPart { Id = Cases.Tenant },
        Source = new SourcePart(),
        Migrate = new Migrate(),
        Approvals = new Core.Plans.Approvals
        {
            AllowedSigners = new AllowedSigners { File = "allowed_signers", Sha256 = new('0', 64) },
            NotAuthor = true,
            Signers = signers,
        },
    };

    private static SignedApproval Varied(string person, string key, int flaw, int hours, string name)
    {
        var signed = Cases.Signed(Cases.Terms with { Signer = person, Expires = Cases.Now.AddHours(hours) }, key, name);
        return flaw switch
        {
            0 => new SignedApproval.Unreadable(name, "it is cut off"),
            1 => signed with { Signature = new SignatureCheck.Broken() },
            2 => signed with { Signature = new SignatureCheck.Good([], []) },
            3 => signed with { Terms = new ApprovalTerms.ForChangeSet(Cases.Tenant, Cases.Plan, new('e', 64), signed.Terms.Expires, person) },
            _ => signed,
        };
    }
}

/// <summary>A row of the table.</summary>
public sealed record ApprovalCase(ApprovalDemand Demand, SignedApproval Approval, DiagnosticDescriptor? Flaw);
