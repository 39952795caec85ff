using System.Collections.Immutable;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Matching;

public sealed class MatcherTests
{
    private static readonly MatchPart Rules = new() { Order = [MatchRule.Override, MatchRule.Upn, MatchRule.Sid] };

    [Fact]
    public void A_name_matches_whatever_its_case() =>
        Match([User(1, "Alice@contoso.com")], [Record(2, "ALICE@CONTOSO.COM")])[0].ShouldBeOfType<Match.Found>().Rule.ShouldBe(MatchRule.Upn);

    [Fact]
    public void A_SID_matches_where_the_name_does_not() =>
        Match([User(1, "alice@contoso.com", "S-1-5-21-1")], [Record(2, "asmith", "S-1-5-21-1")])[0]
            .ShouldBeOfType<Match.Found>().Rule.ShouldBe(MatchRule.Sid);

    [Fact]
    public void A_name_with_another_SID_is_refused() =>
        Match([User(1, "alice@contoso.com", "S-1-5-21-1")], [Record(2, "alice@contoso.com", "S-1-5-21-2")])[0].ShouldBeOfType<Match.OtherSid>();

    [Fact]
    public void A_name_without_a_SID_to_compare_is_taken() =>
        Match([User(1, "alice@contoso.com")], [Record(2, "alice@contoso.com", "S-1-5-21-2")])[0].ShouldBeOfType<Match.Found>();

    [Fact]
    public void Two_records_for_one_user_are_refused_and_both_named() =>
        Match([User(1, "alice@contoso.com", "S-1-5-21-1")], [Record(2, "alice@contoso.com"), Record(3, "old", "S-1-5-21-1")])[0]
            .ShouldBeOfType<Match.NotUnique>().Rows.ShouldBe([2, 3]);

    [Fact]
    public void Two_users_for_one_record_are_refused_and_both_named()
    {
        var matches = Match(
            [User(1, "alice@contoso.com"), User(2, "alice2@contoso.com", "S-1-5-21-1")], [Record(2, "alice@contoso.com", "S-1-5-21-1")]);

        matches.ShouldAllBe(match => match is Match.NotUnique);
        ((Match.NotUnique)matches[0]).Users.Length.ShouldBe(2);
    }

    [Fact]
    public void An_override_decides_and_a_wrong_one_is_refused()
    {
        Match([User(1, "alice@contoso.com")], [Record(2, "other"), Record(3, "alice@contoso.com")], new MatchOverride(2, new("alice@contoso.com"), new("other")))[0]
            .ShouldBeOfType<Match.Found>().Source.Row.ShouldBe(2);
        Match([User(1, "alice@contoso.com")], [Record(3, "alice@contoso.com")], new MatchOverride(2, new("alice@contoso.com"), new("nobody")))[0]
            .ShouldBeOfType<Match.OverrideWithoutRecord>();
    }

    [Fact]
    public void An_override_and_a_name_that_claim_one_record_are_refused_and_both_named() =>
        Match(
            [User(1, "alice@contoso.com"), User(2, "alice2@contoso.com")],
            [Record(2, "alice@contoso.com")],
            new MatchOverride(2, new("alice2@contoso.com"), new("alice@contoso.com")))
            .ShouldAllBe(static match => match is Match.NotUnique && ((Match.NotUnique)match).Users.Length == 2);

    [Fact]
    public void An_override_ends_that_two_records_fit_one_user() =>
        Match(
            [User(1, "alice@contoso.com", "S-1-5-21-1")],
            [Record(2, "alice@contoso.com"), Record(3, "old", "S-1-5-21-1")],
            new MatchOverride(2, new("alice@contoso.com"), new("old")))[0]
            .ShouldBeOfType<Match.Found>().Source.Row.ShouldBe(3);

    [Fact]
    public void A_record_given_to_somebody_outside_the_scope_goes_to_nobody_else() =>
        Match([User(1, "alice@contoso.com")], [Record(2, "alice@contoso.com")], new MatchOverride(2, new("bob@contoso.com"), new("alice@contoso.com")))[0]
            .ShouldBeOfType<Match.Miss>();

    [Fact]
    public void Two_records_with_one_SID_are_refused_and_both_named() =>
        Match([User(1, "alice@contoso.com", "S-1-5-21-1")], [Record(2, "old", "S-1-5-21-1"), Record(3, "older", "s-1-5-21-1")])[0]
            .ShouldBeOfType<Match.NotUnique>().Rows.ShouldBe([2, 3]);

    [Fact]
    public void A_decomposed_or_look_alike_name_is_another_name() =>
        Match([User(1, "jose\u0301@contoso.com"), User(2, "аlice@contoso.com")], [Record(2, "josé@contoso.com"), Record(3, "alice@contoso.com")])
            .ShouldAllBe(match => match is Match.Miss);

    [Fact]
    public void Records_that_nobody_claims_are_handed_back()
    {
        var (_, leftover) = Matcher.Match(Rules, [User(1, "a@x")], Source([Record(2, "a@x"), Record(3, "b@x")]));

        leftover.Single().Row.ShouldBe(3);
    }

    private static ImmutableArray<Match> Match(DirectoryUser[] users, SourceUser[] records, params MatchOverride[] overrides) =>
        Matcher.Match(Rules, users, Source(records, overrides)).Matches;

    private static SourceData Source(SourceUser[] records, params MatchOverride[] overrides) =>
        new([.. records], 0, [.. overrides], ImmutableSortedDictionary<string, string>.Empty);

    private static DirectoryUser User(int id, string name, string? sid = null) =>
        new(new Guid(id, 0, 0, new byte[8]), new PersonalName(name), Enabled: true, Guest: false, Synced: true, IdOf(sid), null, null);

    private static SourceUser Record(long row, string name, string? sid = null) => new(
        row, new PersonalName(name), SourceMode.TextMessage, TwoWay: false, WithPin: false, SourcePhone.None, SourcePhone.None, Enabled: true, IdOf(sid));

    private static SecurityId? IdOf(string? sid) => sid is null ? null : SecurityId.Of(sid);
}
