using System.Collections.Immutable;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Matching;

/// <summary>Matching by domain and account name.</summary>
public sealed class DomainSamTests
{
    private const string Contoso = "contoso.com";

    [Theory]
    [InlineData(@"CONTOSO\asmith")]
    [InlineData(@"contoso\ASmith")]
    [InlineData(@"contoso.com\asmith")]
    [InlineData(@" Contoso.COM\asmith ")]
    [InlineData("asmith")]
    public void An_account_is_found_by_its_domain_and_name_whatever_the_case(string name) =>
        Match([User(1, Contoso, "asmith")], [Record(2, name)])[0].ShouldBeOfType<Match.Found>().Rule.ShouldBe(MatchRule.DomainSam);

    [Theory]
    [InlineData(@"FABRIKAM\asmith")]
    [InlineData(@"fabrikam.com\asmith")]
    [InlineData(@"com\asmith")]
    [InlineData(@"\asmith")]
    [InlineData(@"CONTOSO\")]
    [InlineData(@"CONTOSO\asmith\x")]
    [InlineData("asmith@contoso")]
    [InlineData(@"CONTOSO/asmith")]
    [InlineData(@"CONTOSO\аsmith")]
    public void Another_domain_or_another_form_is_no_match(string name) =>
        Match([User(1, Contoso, "asmith")], [Record(2, name)])[0].ShouldBeOfType<Match.Miss>();

    [Fact]
    public void An_account_of_the_cloud_alone_has_no_domain() =>
        Match([User(1, null, "asmith")], [Record(2, @"CONTOSO\asmith"), Record(3, "asmith")])[0].ShouldBeOfType<Match.Miss>();

    [Fact]
    public void A_bare_name_is_taken_only_where_there_is_one_domain()
    {
        DirectoryUser[] users = [User(1, Contoso, "asmith"), User(2, "fabrikam.com", "bjones")];

        Match(users, [Record(2, "asmith"), Record(3, @"FABRIKAM\bjones")]).Select(static match => match is Match.Found).ShouldBe([false, true]);
    }

    [Fact]
    public void A_short_name_that_two_domains_could_have_matches_neither_and_the_whole_name_does()
    {
        DirectoryUser[] users = [User(1, "corp.contoso.com", "asmith"), User(2, "corp.fabrikam.com", "bjones")];

        Match(users, [Record(2, @"CORP\asmith"), Record(3, @"corp.fabrikam.com\bjones")])
            .Select(static match => match is Match.Found).ShouldBe([false, true]);
    }

    [Fact]
    public void A_long_domain_has_a_NetBIOS_name_of_fifteen_characters() =>
        Match([User(1, "internationaldivision.contoso.com", "asmith")], [Record(2, @"INTERNATIONALDI\asmith")])[0].ShouldBeOfType<Match.Found>();

    [Fact]
    public void Two_records_for_one_account_are_refused_and_both_named() =>
        Match([User(1, Contoso, "asmith")], [Record(2, @"CONTOSO\asmith"), Record(3, "asmith")])[0]
            .ShouldBeOfType<Match.NotUnique>().Rows.ShouldBe([2, 3]);

    [Fact]
    public void Two_accounts_for_one_record_are_refused_and_both_named()
    {
        var matches = Match([User(1, Contoso, "asmith"), User(2, Contoso, "ASMITH")], [Record(2, @"CONTOSO\asmith")]);

        matches.Cast<Match.NotUnique>().ShouldAllBe(static match => match.Users.Length == 2);
    }

    [Fact]
    public void A_recycled_account_name_is_refused_by_its_SID_and_accepted_where_the_plan_says_so()
    {
        DirectoryUser[] users = [User(1, Contoso, "asmith", "S-1-5-21-1-2-3-4")];
        SourceUser[] records = [Record(2, @"CONTOSO\asmith", "S-1-5-21-1-2-3-9")];

        Match(users, records)[0].ShouldBeOfType<Match.OtherSid>();
        Match(users, records, SidMismatch.Accept)[0].ShouldBeOfType<Match.Found>();
    }

    [Fact]
    public void A_bare_name_with_another_SID_belongs_to_somebody_else() =>
        Match(
            [User(1, Contoso, "asmith", "S-1-5-21-1-2-3-4")],
            [Record(2, "user1@contoso.com", "S-1-5-21-1-2-3-4"), Record(3, "asmith", "S-1-5-21-9-9-9-9")])[0]
            .ShouldBeOfType<Match.Found>().Source.Row.ShouldBe(2);

    [Theory]
    [InlineData("S-1-5-21-1004336348-1177238915-682003330-512", true)]
    [InlineData("s-1-5-32-544", true)]
    [InlineData("S-1-281474976710655-1", true)]
    [InlineData("S-1-281474976710656-1", false)]
    [InlineData("S-1-5-4294967296", false)]
    [InlineData("S-1-5", false)]
    [InlineData("S-2-5-1", false)]
    [InlineData("S-1-5-21-", false)]
    [InlineData("S-1-5-21-1x", false)]
    [InlineData("S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16", false)]
    [InlineData("{6F9619FF-8B86-D011-B42D-00C04FC964FF}", false)]
    [InlineData("", false)]
    public void A_SID_is_told_from_other_identifiers(string text, bool expected) => SidText.IsSid(text).ShouldBe(expected);

    private static ImmutableArray<Match> Match(DirectoryUser[] users, SourceUser[] records, SidMismatch mismatch = SidMismatch.Refuse) =>
        Matcher.Match(
            new MatchPart { SidMismatch = mismatch },
            users,
            new SourceData([.. records], 0, [], ImmutableSortedDictionary<string, string>.Empty)).Matches;

    private static DirectoryUser User(int id, string? domain, string sam, string? sid = null) => new(
        new Guid(id, 0, 0, new byte[8]), new PersonalName($"user{id}@contoso.com"), Enabled: true, Guest: false, Synced: domain is not null,
        sid is null ? null : SecurityId.Of(sid), domain, new PersonalName(sam));

    private static SourceUser Record(long row, string name, string? sid = null) => new(
        row, new PersonalName(name), SourceMode.TextMessage, TwoWay: false, WithPin: false, SourcePhone.None, SourcePhone.None, Enabled: true,
        sid is null ? null : SecurityId.Of(sid));
}
