using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Core.Tests.Proofs;

namespace MfaPlan.Core.Tests.CutOvers;

public sealed class CutOverPlannerTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly DirectoryUser Alice = UserOf("alice@contoso.com");

    private static DirectoryUser UserOf(string name, int id = 1) => new(
        new Guid(id, 0, 0, new byte[8]), new PersonalName(name), Enabled: true, Guest: false, Synced: true, null, null, null);

    private static AcceptedUser Row(string user, DateOnly expires, long row = 2) =>
        new(row, new PersonalName(user), new PersonalName("owner@contoso.com"), "Scanner of the mail room", expires);

    private static CutOverContext ContextOf(
        ImmutableArray<AcceptedUser> rows, ImmutableHashSet<Guid>? neverRoute = null, MethodsPolicy? policy = null, bool demanded = true) => new(
        Planning.Cases.Plan(),
        [],
        MoveProof.Of(new ProofContext(
            policy ?? FakeTenant.AllAllowed,
            new Observed<AccessView>.Seen(demanded ? AccessCases.View(AccessCases.MfaForAll) : AccessCases.View(), AccessCases.Now),
            AccessCases.Now)),
        new RoutingRule(Planning.Cases.Plan().Migrate.Include, [], neverRoute is null ? [] : [("SvcAccounts", neverRoute)], []),
        new CutOverTerms(rows, Today),
        ExceptionBook.Of(rows, [Alice]));

    private static string Codes(Unit unit) => string.Join(' ', unit.Findings.Select(static finding => finding.Code));

    private static Observed<UserMethods> Methods(int authenticators = 0, string? mobile = null) => Planning.Cases.Seen(new UserMethods(MethodParts.None)
    {
        Authenticators = authenticators,
        Mobile = mobile is null ? null : new PhoneNumber(mobile),
    });

    [Theory]
    [InlineData(1, null, null, false, "", true)]
    [InlineData(0, "+1 2065550101", null, false, "MFP3131 MFP3192", false)] // phones alone are refused unless the plan accepts them
    [InlineData(0, null, null, false, "MFP3130 MFP3192", false)]
    [InlineData(0, null, "2026-11-25", false, "MFP3130 MFP3193", true)]
    [InlineData(0, null, "2026-11-24", false, "MFP3130 MFP3192 MFP3194", false)] // the day of expiry is over already
    [InlineData(0, null, "2020-01-01", false, "MFP3130 MFP3192 MFP3194", false)]
    [InlineData(1, null, "2026-11-25", false, "MFP3194", true)] // not needed
    [InlineData(1, null, null, true, "MFP3192", false)] // never to be moved
    [InlineData(1, null, "2026-11-25", true, "MFP3193", true)]
    public void A_user_is_proved_or_accepted_or_refuses_the_stage(
        int authenticators, string? mobile, string? expires, bool neverRoute, string codes, bool passes)
    {
        ImmutableArray<AcceptedUser> rows = expires is null ? [] : [Row("ALICE@contoso.com", DateOnly.Parse(expires, System.Globalization.CultureInfo.InvariantCulture))];

        var (unit, _) = CutOverPlanner.ForUser(ContextOf(rows, neverRoute ? [Alice.Id] : null), Alice, Methods(authenticators, mobile));

        Codes(unit).ShouldBe(codes);
        CutOverPlanner.LetsPass(unit).ShouldBe(passes);
        unit.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_could_not_be_read_does_not_pass_whatever_the_exceptions_say()
    {
        var (unit, _) = CutOverPlanner.ForUser(ContextOf([Row("alice@contoso.com", Today.AddYears(1))]), Alice, new Observed<UserMethods>.Unknown("503"));

        unit.Unknown.ShouldBe("503");
        CutOverPlanner.LetsPass(unit).ShouldBeFalse();
    }

    [Fact]
    public void A_user_of_whom_nothing_demands_MFA_refuses_the_stage()
    {
        var (unit, _) = CutOverPlanner.ForUser(ContextOf([], demanded: false), Alice, Methods(authenticators: 1));

        Codes(unit).ShouldBe("MFP3133 MFP3192");
        CutOverPlanner.LetsPass(unit).ShouldBeFalse();
    }

    [Fact]
    public void An_exception_does_not_stand_in_for_a_demand_of_MFA()
    {
        ImmutableArray<AcceptedUser> rows = [Row("alice@contoso.com", Today.AddDays(9))];
        var (unit, _) = CutOverPlanner.ForUser(ContextOf(rows, demanded: false), Alice, Methods(authenticators: 1));

        Codes(unit).ShouldBe("MFP3133 MFP3192 MFP3194");
        CutOverPlanner.LetsPass(unit).ShouldBeFalse();
    }

    [Fact]
    public void Owner_and_reason_are_not_shown_unless_asked_for()
    {
        var (unit, _) = CutOverPlanner.ForUser(ContextOf([Row("alice@contoso.com", Today.AddDays(1))]), Alice, Methods());
        var finding = unit.Findings.Single(static finding => finding.Code == CutOverFindings.Accepted.Code);

        FindingCatalog.Of(finding).Message(finding, reveal: false).ShouldSatisfyAllConditions(
            static text => text.ShouldNotContain("owner@contoso.com"), static text => text.ShouldNotContain("mail room"));
        FindingCatalog.Of(finding).Message(finding, reveal: true).ShouldSatisfyAllConditions(
            static text => text.ShouldContain("owner@contoso.com"), static text => text.ShouldContain("mail room"));
    }

    [Fact]
    public void Rows_that_name_nobody_or_somebody_twice_are_told_and_accept_nobody()
    {
        var book = ExceptionBook.Of(
            [Row("nobody@contoso.com", Today, 2), Row(Alice.Id.ToString("D"), Today.AddDays(9), 3), Row("alice@contoso.com", Today.AddDays(5), 4)], [Alice]);

        book.Of(Alice.Id).ShouldBeNull();
        book.Idle.Select(static finding => finding.Values[0].Text).ShouldBe(["2", "3", "4"]);
    }

    [Theory]
    [InlineData("a@contoso.com", "contoso.com")]
    [InlineData("a@CONTOSO.com", "contoso.com")]
    [InlineData("a@dev.contoso.com", "contoso.com")]
    [InlineData("a@x.y.contoso.com", "contoso.com")]
    [InlineData("a@sub.contoso.com", "sub.contoso.com")]
    [InlineData("a@x.sub.contoso.com", "sub.contoso.com")]
    [InlineData("a@cloud.contoso.com", null)] // the tenant shows it as managed
    [InlineData("a@notcontoso.com", null)]
    [InlineData("a@contoso.com.evil.com", null)]
    [InlineData("a_b.com#EXT#@contoso.com", "contoso.com")]
    public void A_user_of_a_child_domain_is_of_its_root(string name, string? domain) =>
        new RoutedDomains(["contoso.com", "sub.contoso.com"], [new("contoso.com", Federated: true), new("cloud.contoso.com", Federated: false)])
            .Of(UserOf(name)).ShouldBe(domain);

    [Fact]
    public void No_user_without_a_usable_method_passes_without_an_exception_in_force() => Gen.Select(
        Gen.Int[0, 1], Gen.Bool, Gen.Int[0, 3], Gen.Int[-400, 400], Gen.Bool).Sample(static (authenticators, unknown, exception, days, allowed) =>
    {
        ImmutableArray<AcceptedUser> rows = exception switch
        {
            1 => [Row("alice@contoso.com", Today.AddDays(days))],
            2 => [Row("bob@contoso.com", Today.AddDays(days))],
            3 => [Row(Alice.Id.ToString("D"), Today.AddDays(days))],
            _ => [],
        };
        var context = ContextOf(rows, policy: allowed ? FakeTenant.AllAllowed : Planning.Cases.Policy());

        var (unit, _) = CutOverPlanner.ForUser(context, Alice, unknown ? new Observed<UserMethods>.Unknown("503") : Methods(authenticators));

        var usable = !unknown && authenticators > 0 && allowed;
        var accepted = !unknown && exception is 1 or 3 && days > 0;
        CutOverPlanner.LetsPass(unit).ShouldBe(usable || (!unknown && accepted));
    });
}
