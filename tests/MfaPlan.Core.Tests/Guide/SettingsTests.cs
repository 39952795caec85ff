using MfaPlan.Core.Matching;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Guide;

/// <summary>The settings dialog and the manual runs of the guide's tool, as far as a plan's words stand for them. Default methods have a class of their own.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Only_users_that_have_changed_is_what_is_done_when_the_plan_does_not_say() =>
        Cases.Plan().Migrate.Only.ShouldBe(MigrateOnly.Changed);

    [Theory]
    [InlineData("nothing changed", "", "", false)]
    [InlineData("all users", "", "only: all", true)]
    [InlineData("the first phone changed", "phone", "", true)]
    [InlineData("the backup changed", "backup", "", true)]
    [InlineData("the method changed", "mode", "", true)]
    [InlineData("a device was added", "device", "", true)]
    [InlineData("a token was added", "token", "", true)]
    [InlineData("an administrator changed what to migrate: existing phones", "", "phone: { existing: replace }", true)]
    [InlineData("an administrator changed what to migrate: existing backups", "", "backupPhone: { existing: replace }", true)]
    [InlineData("an administrator changed what to migrate: default method", "", "defaultMethod: always", true)]
    public void A_user_is_looked_at_again(string row, string changed, string plan, bool again)
    {
        var before = Guided.Record(Guided.A, Guided.B);
        var last = Guided.Plan(before).SourceFingerprint;
        var now = changed switch
        {
            "phone" => Guided.Record("2065550103", Guided.B),
            "backup" => Guided.Record(Guided.A, "2065550103"),
            "mode" => Guided.Record(Guided.A, Guided.B, SourceMode.TextMessage),
            "device" => before with { Devices = [new SourceDevice(new("phone"), null, null)] },
            _ => before,
        };
        var context = TokenCases.Context(changed == "token" ? TokenCases.Book(TokenCases.Seed()) : TokenCases.Book(), plan);

        Planner.NeedsMethods(context, Cases.Scope(now), last).ShouldBe(again, row);
    }

    [Fact]
    public void A_user_in_no_source_record_is_left_as_it_is()
    {
        var unit = Planner.ForUser(Cases.Context(Cases.Plan("only: all")), Cases.Scope(null), methods: null, lastMigrated: null);

        unit.Changes.ShouldBeEmpty();
        unit.Codes("MFP3001").ShouldBe("MFP3001");
    }

    [Theory]
    [InlineData("username is the Entra UPN", "alice@contoso.com", null, MatchRule.Upn)]
    [InlineData("else the SID", @"CORP\alice", "S-1-5-21-1004336348-1177238915-682003330-1101", MatchRule.Sid)]
    [InlineData("ours: else domain and account name", @"corp.contoso.com\alice", null, MatchRule.DomainSam)]
    public void User_match(string row, string username, string? sid, MatchRule rule)
    {
        var user = new DirectoryUser(
            Cases.User, new("alice@contoso.com"), Enabled: true, Guest: false, Synced: true,
            SecurityId.Of("S-1-5-21-1004336348-1177238915-682003330-1101"), "corp.contoso.com", new("alice"));
        var record = Guided.Record(Guided.A) with { Username = new(username), Sid = sid is null ? null : SecurityId.Of(sid) };

        var (matches, _) = Matcher.Match(
            Cases.Plan().Match, [user], new SourceData([record], 0, [], System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty));

        matches[0].ShouldBeOfType<Match.Found>(row).Rule.ShouldBe(rule);
    }
}
