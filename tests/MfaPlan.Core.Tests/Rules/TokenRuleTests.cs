using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Rules;

public sealed class TokenRuleTests
{
    private static readonly TokenBook Book = TokenCases.Book(TokenCases.Seed());

    private static (string[] Steps, string[] Findings) Decide(UserMethods seen, TokenBook? book = null, bool guest = false, MethodsPolicy? policy = null)
    {
        var (changes, findings, _, _) = TokenRule.Decide((book ?? Book).Held(), Cases.User, guest, seen, policy ?? FakeTenant.AllAllowed);
        return ([.. changes.Select(static change => change.Kind)], [.. findings.Select(static finding => finding.Code)]);
    }

    [Fact]
    public void A_token_that_Entra_does_not_have_is_created_assigned_and_activated_and_its_holder_called_unproved()
    {
        var (steps, findings) = Decide(TokenCases.Methods());

        steps.ShouldBe(["token.create", "token.assign", "token.activate"]);
        findings.ShouldBe([FindingCatalog.HolderUnproved.Code]);
    }

    [Theory]
    [InlineData(TokenHolder.Nobody, "token.assign,token.activate")]
    [InlineData(TokenHolder.User, "token.activate")]
    public void What_an_earlier_run_left_half_done_is_done_to_its_end(TokenHolder holder, string expected) =>
        Decide(TokenCases.Methods(TokenCases.There(holder))).Steps.ShouldBe(expected.Split(','));

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void A_token_of_the_users_that_is_active_or_not_of_the_inventory_stays_as_it_is(bool activated, bool inInventory)
    {
        var (steps, findings) = Decide(TokenCases.Methods(TokenCases.There(TokenHolder.User, activated, inInventory)));

        steps.ShouldBeEmpty();
        findings.ShouldBe([FindingCatalog.TokenInPlace.Code]);
    }

    [Fact]
    public void A_token_is_found_by_its_serial_number_in_any_case() =>
        Decide(TokenCases.Methods(TokenCases.There(TokenHolder.User, activated: true, serial: "t-1"))).Steps.ShouldBeEmpty();

    [Fact]
    public void A_token_of_somebody_else_is_left_to_them()
    {
        var (steps, findings) = Decide(TokenCases.Methods(TokenCases.There(TokenHolder.Other)));

        steps.ShouldBeEmpty();
        findings.ShouldBe([FindingCatalog.TokenElsewhere.Code]);
    }

    [Theory]
    [InlineData(4, 0, 0, true)]
    [InlineData(5, 0, 0, false)]
    [InlineData(2, 3, 0, false)]
    [InlineData(2, 2, 1, false)]
    [InlineData(1, 1, 1, true)]
    public void Apps_and_tokens_of_all_kinds_fill_the_five_places(int authenticators, int software, int hardware, bool room)
    {
        var seen = TokenCases.Methods() with { Authenticators = authenticators, SoftwareTokens = software, HardwareTokens = hardware };

        var (steps, findings) = Decide(seen);

        (steps.Length > 0).ShouldBe(room);
        findings.Contains(FindingCatalog.DeviceLimit.Code).ShouldBe(!room);
    }

    [Fact]
    public void A_second_token_gets_the_place_that_the_first_left()
    {
        var book = TokenCases.Book(TokenCases.Seed("A"), TokenCases.Seed("B", secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"));

        var (steps, findings) = Decide(TokenCases.Methods() with { Authenticators = 4 }, book);

        steps.ShouldBe(["token.create", "token.assign", "token.activate"]);
        findings.ShouldBe([FindingCatalog.HolderUnproved.Code, FindingCatalog.DeviceLimit.Code]);
    }

    [Fact]
    public void A_token_that_has_its_place_needs_no_other() =>
        Decide(TokenCases.Methods(TokenCases.There(TokenHolder.User)) with { Authenticators = 4 }).Steps.ShouldBe(["token.activate"]);

    [Fact]
    public void Where_the_policy_or_the_kind_of_account_forbids_tokens_none_is_brought()
    {
        Decide(TokenCases.Methods(), policy: Cases.Policy(MethodKind.Sms)).Findings.ShouldBe([FindingCatalog.TokenNotAllowed.Code]);
        Decide(TokenCases.Methods(), guest: true).Findings.ShouldBe([FindingCatalog.TokenNotEligible.Code]);
    }

    [Theory]
    [InlineData("hotp")]
    [InlineData("digits")]
    [InlineData("sha512")]
    [InlineData("interval")]
    [InlineData("long")]
    [InlineData("twice")]
    public void A_token_that_Entra_cannot_take_is_a_finding_with_its_reason(string what)
    {
        var seed = TokenCases.Seed();
        TokenSeed[] seeds = what switch
        {
            "hotp" => [seed with { Kind = TokenKind.Hotp }],
            "digits" => [seed with { Digits = 8 }],
            "sha512" => [seed with { Algorithm = TokenAlgorithm.Sha512 }],
            "interval" => [seed with { IntervalSeconds = 45 }],
            "long" => [TokenCases.Seed(secret: new string('A', 136))],
            _ => [seed, TokenCases.Seed(owner: "bob@contoso.com", secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")],
        };

        var (changes, findings, brought, waits) = TokenRule.Decide(
            TokenCases.Book(seeds).Held(), Cases.User, guest: false, TokenCases.Methods(), FakeTenant.AllAllowed);

        (changes.Length, brought, waits).ShouldBe((0, false, false));
        var said = FindingCatalog.TokenNotEligible.Message(findings.ShouldHaveSingleItem(), reveal: false);
        said.ShouldContain(TokenCases.Serial);
        said.ShouldNotContain("holder is not known");
    }

    [Fact]
    public void An_apps_token_without_a_serial_number_gets_one_that_stays_the_same()
    {
        var (one, two) = (TokenCases.Book(TokenCases.Seed(serial: null)).Held(), TokenCases.Book(TokenCases.Seed(serial: null)).Held());

        one.ShouldBe(two);
        one.ShouldHaveSingleItem().Token.Serial.ShouldStartWith("MFAPLAN-");
    }

    [Fact]
    public void Owners_are_found_by_the_name_in_the_source_and_by_the_principal_name_in_any_case()
    {
        var book = TokenCases.Book(TokenCases.Seed("A", "CORP\\alice"), TokenCases.Seed("B", "ALICE@contoso.com"), TokenCases.Seed("C", "bob@contoso.com"));

        book.Held(new("corp\\ALICE"), new("alice@contoso.com")).Select(static token => token.Token.Serial).ShouldBe(["A", "B"]);
    }

    [Fact]
    public void A_seed_is_found_by_serial_number_and_fingerprint_and_another_seed_is_not()
    {
        var token = Book.Held().Single().Token;

        Book.Find(token).ShouldNotBeNull().Serial.ShouldBe(TokenCases.Serial);
        TokenCases.Book(TokenCases.Seed(secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")).Find(token).ShouldBeNull();
        token.ToString().ShouldNotContain("GEZDGNBV");
    }

    [Theory]
    [InlineData(SourceMode.MobileApp)]
    [InlineData(SourceMode.OathToken)]
    public void A_known_seed_makes_the_default_and_leaves_nobody_to_register_again(SourceMode mode)
    {
        var unit = Planner.ForUser(
            TokenCases.Context(Book), Cases.Scope(Cases.Source(mode)), TokenCases.Seen(TokenCases.Methods()), lastMigrated: null);

        unit.Changes.Select(static change => change.Kind).ShouldBe(["phone.mobile", "token.create", "token.assign", "token.activate", "defaultMethod"]);
        unit.Changes.OfType<Change.SetDefaultMethod>().Single().After.ShouldBe(DefaultMethod.Oath);
        unit.Findings.ShouldNotContain(static finding => finding.Code == FindingCatalog.MustRegisterAgain.Code
            || finding.Code == FindingCatalog.TokenNotBrought.Code || finding.Code == FindingCatalog.PhoneOnly.Code);
        unit.Usability.ShouldBe(new Usability(Now: false, After: true, Survives: true));
    }

    [Fact]
    public void A_token_counts_as_usable_only_when_it_is_active()
    {
        var waiting = TokenCases.Methods(TokenCases.There(TokenHolder.User));

        UsabilityRule.Usable(Cases.User, waiting, FakeTenant.AllAllowed).ShouldBeFalse();
        UsabilityRule.Usable(Cases.User, Compare.With(waiting, Step(3)), FakeTenant.AllAllowed).ShouldBeTrue();
        UsabilityRule.Usable(Cases.User, TokenCases.Methods() with { HardwareTokens = 1 }, FakeTenant.AllAllowed).ShouldBeTrue();
    }

    [Fact]
    public void Another_seed_is_another_source_and_the_user_is_looked_at_again()
    {
        var scope = Cases.Scope(Cases.Source(SourceMode.OathToken));
        var before = Planner.ForUser(TokenCases.Context(Book), scope, TokenCases.Seen(TokenCases.Methods()), null).SourceFingerprint;

        Planner.NeedsMethods(TokenCases.Context(Book), scope, before).ShouldBeFalse();
        Planner.NeedsMethods(TokenCases.Context(TokenCases.Book(TokenCases.Seed(secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"))), scope, before).ShouldBeTrue();
        Planner.NeedsMethods(TokenCases.Context(TokenBook.Empty), scope, before).ShouldBeTrue();
    }

    [Fact]
    public void A_user_whose_token_waits_for_a_place_is_looked_at_again()
    {
        var unit = Planner.ForUser(
            TokenCases.Context(Book), Cases.Scope(Cases.Source(SourceMode.OathToken)),
            TokenCases.Seen(TokenCases.Methods() with { Authenticators = 5 }), lastMigrated: null);

        unit.Changes.ShouldNotBeEmpty();
        unit.SourceFingerprint.ShouldBeNull();
    }

    [Fact]
    public void Steps_stand_to_a_look_by_what_it_saw()
    {
        Stand(TokenCases.Methods()).ShouldBe("before before before");
        Stand(TokenCases.Methods(TokenCases.There(TokenHolder.Nobody))).ShouldBe("after before before");
        Stand(TokenCases.Methods(TokenCases.There(TokenHolder.User))).ShouldBe("after after before");
        Stand(TokenCases.Methods(TokenCases.There(TokenHolder.User, activated: true))).ShouldBe("after after after");
        Stand(TokenCases.Methods(TokenCases.There(TokenHolder.Other, activated: true))).ShouldBe("other other other");
        Stand(TokenCases.Methods(TokenCases.There(TokenHolder.User, inInventory: false))).ShouldBe("other other other");
        Stand(TokenCases.Methods() with { Parts = MethodParts.Methods }).ShouldBe("unknown unknown unknown");

        static string Stand(UserMethods seen) => string.Join(' ', Enumerable.Range(1, 3).Select(step => Compare.Of(Step(step), TokenCases.Seen(seen)) switch
        {
            Position.AsBefore => "before",
            Position.AsAfter => "after",
            Position.Other => "other",
            _ => "unknown",
        }));
    }

    [Fact]
    public void Carried_out_one_after_another_the_steps_lead_from_before_to_after_and_their_inverses_back()
    {
        var steps = Enumerable.Range(1, 3).Select(Step).ToList();

        var there = steps.Aggregate(TokenCases.Methods(), Compare.With);
        var back = steps.AsEnumerable().Reverse().Select(static step => step.Inverse("undo")).Aggregate(there, Compare.With);

        steps.ShouldAllBe(step => Compare.Of(step, TokenCases.Seen(there)) == Position.AsAfter);
        there.HardwareTokens.ShouldBe(1);
        back.ShouldBe(TokenCases.Methods());
    }

    private static Change Step(int number) => number switch
    {
        1 => new Change.CreateToken(Book.Held().Single().Token, after: true, "r"),
        2 => new Change.AssignToken(Book.Held().Single().Token, after: true, "r"),
        _ => new Change.ActivateToken(Book.Held().Single().Token, after: true, "r"),
    };
}
