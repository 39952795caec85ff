using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Planning;

public sealed class TokenRollbackTests
{
    private static readonly Unit Done = Planner.ForUser(
        TokenCases.Context(TokenCases.Book(TokenCases.Seed()), "defaultMethod: leave"), Cases.Scope(Cases.Source(SourceMode.OathToken)),
        TokenCases.Seen(TokenCases.Methods() with { Authenticators = 1 }), lastMigrated: null);

    private static readonly UserMethods After = Done.Changes.Aggregate(TokenCases.Methods() with { Authenticators = 1 }, Compare.With);

    private static Unit Back(UserMethods now, params string[] applied) => RollbackPlanner.ForUser(
        Done, [.. Done.Changes.Where(change => applied.Length == 0 || applied.Contains(change.Kind)).Select(static change => change.Id)],
        TokenCases.Seen(now), FakeTenant.AllAllowed, mayLeaveWithout: false);

    private static Unit BackOn(string day, UserMethods now) => RollbackPlanner.ForUser(
        Done, [.. Done.Changes.Select(static change => change.Id)], TokenCases.Seen(now), FakeTenant.AllAllowed, mayLeaveWithout: false,
        Retirements.EndedAt(DateTimeOffset.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    private static string[] Kinds(Unit unit) => [.. unit.Changes.Select(static change => change.Kind)];

    [Fact]
    public void What_was_brought_is_unassigned_then_deleted_before_the_phones()
    {
        var back = Back(After);

        Kinds(back).ShouldBe(["token.assign", "token.create", "phone.mobile"]);
        back.Changes.OfType<Change.OfToken>().ShouldAllBe(static step => !step.After && step.Destroys);
        back.Changes.Aggregate(After, Compare.With).ShouldBe(TokenCases.Methods() with { Authenticators = 1 });
    }

    [Fact]
    public void Only_what_was_applied_is_undone()
    {
        Kinds(Back(After, "token.activate")).ShouldBe(["token.activate"]);
        Kinds(Back(After, "token.assign", "token.activate")).ShouldBe(["token.assign"]);
        Kinds(Back(TokenCases.Methods(TokenCases.There(TokenHolder.Nobody)) with { Authenticators = 1 }, "token.create")).ShouldBe(["token.create"]);
    }

    [Fact]
    public void A_token_that_somebody_changed_since_is_not_touched()
    {
        foreach (var changed in new[]
        {
            TokenCases.There(TokenHolder.User), // deactivated
            TokenCases.There(TokenHolder.Nobody), // taken from the user
            TokenCases.There(TokenHolder.Other, activated: true), // given to somebody else
        })
        {
            var back = Back(TokenCases.Methods(changed) with { Authenticators = 1 });

            Kinds(back).ShouldNotContain(static kind => kind.StartsWith("token.", StringComparison.Ordinal));
            back.Findings.ShouldContain(static finding => finding.Code == FindingCatalog.ChangedSince.Code);
        }
    }

    [Fact]
    public void A_token_that_others_gave_to_the_user_stays_though_we_had_created_it()
    {
        var back = Back(TokenCases.Methods(TokenCases.There(TokenHolder.User, activated: true)) with { Authenticators = 1 }, "token.create");

        back.Changes.ShouldBeEmpty();
        back.Findings.ShouldContain(static finding => finding.Code == FindingCatalog.ChangedSince.Code);
    }

    [Fact]
    public void A_token_that_is_gone_leaves_nothing_to_undo() =>
        Kinds(Back(TokenCases.Methods() with { Authenticators = 1, Mobile = After.Mobile })).ShouldBe(["phone.mobile"]);

    [Fact]
    public void The_last_method_is_kept_and_a_token_rather_than_a_phone()
    {
        var back = Back(After with { Authenticators = 0 });

        Kinds(back).ShouldBe(["phone.mobile"]);
        back.Findings.Count(static finding => finding.Code == FindingCatalog.LastMethodKept.Code).ShouldBe(2);
    }

    [Fact]
    public void A_phone_that_is_served_no_more_is_no_reason_to_take_the_last_token()
    {
        var own = After with { Authenticators = 0, Office = new MfaPlan.Core.Privacy.PhoneNumber("+1 2065550999") };

        Kinds(BackOn("2027-01-31", own)).ShouldBe(["token.assign", "token.create", "phone.mobile"]);
        Kinds(BackOn("2027-02-01", own)).ShouldBe(["phone.mobile"]);

        // Nobody's last number is taken either, be it served or not.
        Kinds(BackOn("2027-02-01", TokenCases.Methods() with { Mobile = After.Mobile })).ShouldBeEmpty();
    }

    [Fact]
    public void A_default_that_leans_on_the_token_goes_before_it()
    {
        var back = Back(After with { Default = DefaultMethod.Oath });

        Kinds(back).ShouldBe(["defaultMethod", "token.assign", "token.create", "phone.mobile"]);
        back.Changes.OfType<Change.SetDefaultMethod>().Single().After.ShouldBe(DefaultMethod.Push);
    }
}
