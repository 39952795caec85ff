using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Rules;

public sealed class CampaignRuleTests
{
    private const string Authenticator = RegistrationCampaign.Authenticator;
    private const string Enforced = """{"authenticationMethodsRegistrationCampaign":{"enforceRegistrationAfterAllowedSnoozes":false}}""";

    private static readonly MethodTarget All = Target(null);

    private static Guid Id(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 7]);

    private static MethodTarget Target(int? n, string? asks = Authenticator) =>
        new(n is { } number ? Id(number) : null, IsUser: false, UsableForSignIn: true) { Asks = asks };

    /// <summary>Group n has the users with numbers 10n and 10n + 1.</summary>
    private static WantedCampaign Wanted(int n = 1, int days = 3) => new(new EnsuredGroup($"G{n}", Id(n), [Id(10 * n), Id((10 * n) + 1)]), days);

    private static RegistrationCampaign Campaign(CampaignState state, int? days, params MethodTarget[] include) => new(state, days, [.. include], []);

    /// <summary>The rule as a table: what is there, and what is there afterwards (null for no change) with what is said.</summary>
    public static TheoryData<string, RegistrationCampaign, RegistrationCampaign?, string> Rows => new()
    {
        { "off, names everybody", Campaign(CampaignState.Disabled, 1, All), Campaign(CampaignState.Enabled, 3, Target(1)), "MFP3071" },
        { "off, names nobody", Campaign(CampaignState.Disabled, 14), Campaign(CampaignState.Enabled, 3, Target(1)), "MFP3071" },
        { "off, names others", Campaign(CampaignState.Disabled, 1, Target(2)), Campaign(CampaignState.Enabled, 3, Target(1)), "MFP3071" },
        { "Microsoft's, as in a new tenant", Campaign(CampaignState.MicrosoftManaged, 1, All), Campaign(CampaignState.Enabled, 3, Target(1)), "MFP3072" },
        {
            "Microsoft's, somebody named a group", Campaign(CampaignState.MicrosoftManaged, 1, Target(2), All),
            Campaign(CampaignState.Enabled, 3, Target(2), Target(1)), "MFP3072"
        },
        { "Microsoft's, names the group", Campaign(CampaignState.MicrosoftManaged, 1, Target(1)), Campaign(CampaignState.Enabled, 3, Target(1)), "MFP3072" },
        { "Microsoft's, group for a passkey", Campaign(CampaignState.MicrosoftManaged, 1, Target(1, "fido2")), null, "MFP3074" },
        { "on for everybody", Campaign(CampaignState.Enabled, 3, All), null, "" },
        { "on for everybody, other time", Campaign(CampaignState.Enabled, 1, All), null, "MFP3073" },
        { "on for everybody, for a passkey", Campaign(CampaignState.Enabled, 3, Target(null, "fido2")), null, "MFP3074" },
        { "on for everybody, for what is not said", Campaign(CampaignState.Enabled, 3, Target(null, asks: null)), null, "MFP3074" },
        { "on for the group", Campaign(CampaignState.Enabled, 3, Target(1)), null, "" },
        { "on for the group, written otherwise", Campaign(CampaignState.Enabled, 3, Target(1, "MicrosoftAuthenticator")), null, "" },
        { "on for the group alone, other time", Campaign(CampaignState.Enabled, 0, Target(1)), Campaign(CampaignState.Enabled, 3, Target(1)), "" },
        { "on for the group alone, no time", Campaign(CampaignState.Enabled, null, Target(1)), Campaign(CampaignState.Enabled, 3, Target(1)), "" },
        { "on for the group and others, other time", Campaign(CampaignState.Enabled, 1, Target(1), Target(2)), null, "MFP3073" },
        { "on for others", Campaign(CampaignState.Enabled, 3, Target(2)), Campaign(CampaignState.Enabled, 3, Target(2), Target(1)), "" },
        {
            "on for others, other time", Campaign(CampaignState.Enabled, 14, Target(2, "fido2")),
            Campaign(CampaignState.Enabled, 14, Target(2, "fido2"), Target(1)), "MFP3073"
        },
        { "on for others, no time", Campaign(CampaignState.Enabled, null, Target(2)), Campaign(CampaignState.Enabled, 3, Target(2), Target(1)), "" },
        { "on for nobody", Campaign(CampaignState.Enabled, 1), Campaign(CampaignState.Enabled, 3, Target(1)), "" },
        { "excluded", Campaign(CampaignState.Enabled, 3, All) with { Exclude = [Target(1, asks: null)] }, null, "MFP3064" },
        { "off and excluded", Campaign(CampaignState.Disabled, 3) with { Exclude = [Target(1, asks: null)] }, null, "MFP3064" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_group_is_merged_into_what_is_there(string what, RegistrationCampaign seen, RegistrationCampaign? after, string findings)
    {
        var unknown = seen with { Others = Enforced };

        var (change, found) = CampaignRule.Decide(Wanted(), unknown);

        (change?.After).ShouldBe(after is null ? null : after with { Others = Enforced }, what);
        string.Join(' ', found.Select(static finding => finding.Code)).ShouldBe(findings, what);
    }

    [Theory]
    [InlineData(CampaignState.Enabled, 3, true, false)] // adding a group
    [InlineData(CampaignState.Enabled, 1, true, true)] // another time
    [InlineData(CampaignState.Enabled, 3, false, true)] // a group goes
    [InlineData(CampaignState.Disabled, 3, true, false)] // switching on
    [InlineData(CampaignState.MicrosoftManaged, 3, true, true)] // taking it from Microsoft
    public void A_change_that_takes_something_away_says_so(CampaignState state, int days, bool kept, bool destroys)
    {
        var change = new Change.SetCampaign(
            Campaign(state, days, Target(2)), Campaign(CampaignState.Enabled, 3, [.. kept ? new[] { Target(2) } : [], Target(1)]), "r");

        change.Destroys.ShouldBe(destroys);
    }

    [Fact]
    public void The_write_is_one_sentence_with_the_users_before_and_after()
    {
        var seen = Policy(Campaign(CampaignState.Enabled, 3, Target(2))) with { Members = Members.SetItem(Id(2), [Id(10)]) };

        var unit = PolicyPlanner.Forward([], seen, Wanted());

        Messages(unit).ShouldBe([
            "MFP3069 Registration campaign: opened to G1 besides those whom it asks; who is asked may put it off for 3 days. "
            + "Of 2 users concerned it asks 1 today and 2 from then on.",
        ]);
        PolicyReport.Of(unit).Sentences.Count().ShouldBe(1);
    }

    [Fact]
    public void Whom_Microsoft_asks_is_not_counted()
    {
        Messages(PolicyPlanner.Forward([], Policy(Campaign(CampaignState.MicrosoftManaged, 1, All)), Wanted()))[^1].ShouldEndWith(
            "Of 2 users concerned it asks whom Microsoft chooses today and 2 from then on.");
    }

    [Theory]
    [InlineData(false, false, 2)]
    [InlineData(false, true, 0)] // policy.ensure lets them have it
    [InlineData(true, false, 0)]
    public void A_campaign_for_a_method_that_is_not_allowed_leads_nowhere(bool allowed, bool ensured, int without)
    {
        var seen = Policy(Campaign(CampaignState.Enabled, 3, All), allowed);
        ImmutableArray<EnsuredMethod> ensure = ensured ? [new(MethodKind.Authenticator, [Wanted().Group], ForbidSignIn: false)] : [];

        var found = PolicyPlanner.Forward(ensure, seen, Wanted()).Findings.Where(static finding => finding.Code == "MFP3075").ToList();

        found.Count.ShouldBe(without > 0 ? 1 : 0);
        found.ForEach(finding => FindingCatalog.CampaignLeadsNowhere.Message(finding, reveal: false).ShouldContain($"{without} of 2 users in G1"));
    }

    [Fact]
    public void A_campaign_that_was_not_read_is_not_planned() =>
        PolicyPlanner.Forward([], Policy(null), Wanted()).Changes.ShouldBeEmpty();

    [Fact]
    public void A_look_tells_before_after_and_what_others_did_apart()
    {
        var before = Campaign(CampaignState.Disabled, 1, All) with { Others = Enforced };
        var change = CampaignRule.Decide(Wanted(), before).Change.ShouldNotBeNull();
        var added = change.After with { Others = null, Include = [change.After.Include[0] with { Others = """{"a":1}""" }] };

        Compare.Of(change, Look(before)).ShouldBe(Position.AsBefore);
        Compare.Of(change, Look(change.After)).ShouldBe(Position.AsAfter);
        Compare.Of(change, Look(added)).ShouldBe(Position.AsAfter); // the service adds and leaves out what we do not understand
        Compare.Of(change, Look(before with { Others = null })).ShouldBe(Position.Other);
        Compare.Of(change, Look(before with { SnoozeDays = 2 })).ShouldBe(Position.Other);
        Compare.Of(change, Look(before with { Exclude = [Target(5)] })).ShouldBe(Position.Other);
        Compare.Of(change, Look(change.After with { Include = [Target(1, "fido2")] })).ShouldBe(Position.Other);
        Compare.Of(change, Look(null)).ShouldBe(Position.Unknown);
        Compare.Of(change, new Observed<Look>.Unknown("403")).ShouldBe(Position.Unknown);
    }

    [Theory]
    [InlineData(CampaignState.Enabled, 3)]
    [InlineData(CampaignState.Disabled, null)]
    [InlineData(CampaignState.MicrosoftManaged, 0)]
    public void A_change_of_the_campaign_is_read_as_it_was_written(CampaignState state, int? days)
    {
        var before = Campaign(state, days, All, Target(2, asks: null) with { Others = """{"b":2}""" }, Target(3) with { IsUser = true }) with
        {
            Others = Enforced,
            Exclude = [Target(4, asks: null)],
        };
        var unit = new Unit(PolicyPlanner.Id, StageId.Prepare, [new Change.SetCampaign(before, Campaign(CampaignState.Enabled, 1), "reRegister.campaign")], []);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);

        ChangeSetJson.Write(json, new ChangeSetLine.Of(unit), new PersonalValues(key: null));

        ChangeSetJson.Read(buffer.WrittenMemory).ShouldBe(new ChangeSetLine.Of(unit), Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void The_way_back_keeps_what_somebody_set_since_of_what_is_not_understood()
    {
        var seen = Policy(Campaign(CampaignState.Disabled, 1, All));
        var unit = PolicyPlanner.Forward([], seen, Wanted());
        var now = PolicyPlanner.After(seen, unit, [], Wanted());

        var back = PolicyPlanner.Back(unit, [Change.CampaignId], now with { Campaign = now.Campaign! with { Others = Enforced } });

        back.Changes.ShouldHaveSingleItem().ShouldBeOfType<Change.SetCampaign>().After.ShouldBe(seen.Campaign! with { Others = Enforced });
        Messages(back).ShouldBe(
            ["MFP3069 Registration campaign: set back to what it was before the run. Of 2 users concerned it asks 2 today and 0 from then on."]);
    }

    [Fact]
    public void A_campaign_that_somebody_changed_since_is_not_restored()
    {
        var seen = Policy(Campaign(CampaignState.Disabled, 1, All));
        var unit = PolicyPlanner.Forward([], seen, Wanted());
        var now = PolicyPlanner.After(seen, unit, [], Wanted());

        var moved = PolicyPlanner.Back(unit, [Change.CampaignId], now with { Campaign = now.Campaign! with { SnoozeDays = 7 } });
        var already = PolicyPlanner.Back(unit, [Change.CampaignId], seen);
        var notApplied = PolicyPlanner.Back(unit, [], now);

        moved.Changes.ShouldBeEmpty();
        moved.Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCatalog.ChangedSince.Code);
        already.ShouldSatisfyAllConditions(
            static unit => unit.Changes.ShouldBeEmpty(), static unit => unit.Findings.ShouldBeEmpty());
        notApplied.Changes.ShouldBeEmpty();
    }

    /// <summary>For any campaign and any plan: whoever was asked before is asked after; whoever the plan names is asked where it changes something.</summary>
    [Fact]
    public void Whoever_was_asked_before_is_asked_after() => Gen.Select(GenPolicy, GenWanted).Sample(static (seen, wanted) =>
    {
        var unit = PolicyPlanner.Forward([], seen, wanted);
        var after = PolicyPlanner.After(seen, unit, [], wanted);
        var named = unit.Changes.IsEmpty || wanted.Group.Members.All(user => after.CampaignAsks(user) || after.CampaignExcludes(user));
        return named
            && Users.All(user => !seen.CampaignAsks(user) || after.CampaignAsks(user))
            && Users.All(user => seen.CampaignAsks(user) || wanted.Group.Members.Contains(user) || !after.CampaignAsks(user) || IsNamed(seen, user))
            && after.Campaign!.Exclude.AsSpan().SequenceEqual(seen.Campaign!.Exclude.AsSpan())
            && after.Campaign.Others == seen.Campaign.Others
            && (unit.Changes.IsEmpty || PolicyPlanner.Forward([], after, wanted).Changes.IsEmpty);
    });

    [Fact]
    public void The_way_back_restores_the_campaign() => Gen.Select(GenPolicy, GenWanted).Sample(static (seen, wanted) =>
    {
        var unit = PolicyPlanner.Forward([], seen, wanted);
        var after = PolicyPlanner.After(seen, unit, [], wanted);
        var back = PolicyPlanner.Back(unit, [.. unit.Changes.Select(static change => change.Id)], after);
        return PolicyPlanner.After(after, back, []).Campaign!.Equals(seen.Campaign);
    });

    /// <summary>Whether a group that has the user stands in a campaign that Microsoft manages: such a group is kept.</summary>
    private static bool IsNamed(MethodsPolicy seen, Guid user) => seen.Campaign is { State: CampaignState.MicrosoftManaged } campaign
        && campaign.Include.Any(target => target.Id is { } id && seen.Members[id].Contains(user));

    private static string[] Messages(Unit unit) =>
        [.. unit.Findings.Select(static finding => $"{finding.Code} {FindingCatalog.Of(finding).Message(finding, reveal: false)}")];

    private static Observed<Look> Look(RegistrationCampaign? campaign) => new Observed<Look>.Seen(
        new Look.OfPolicy(ImmutableSortedDictionary<MethodKind, MethodConfiguration>.Empty) { Campaign = campaign }, DateTimeOffset.UnixEpoch);

    private static readonly ImmutableDictionary<Guid, ImmutableHashSet<Guid>> Members =
        Enumerable.Range(1, 4).ToImmutableDictionary(Id, static n => Wanted(n).Group.Members);

    private static readonly ImmutableArray<Guid> Users = [.. Members.Values.SelectMany(static members => members)];

    private static MethodsPolicy Policy(RegistrationCampaign? campaign, bool authenticator = true) => new(
        ImmutableSortedDictionary<MethodKind, MethodConfiguration>.Empty.Add(MethodKind.Authenticator, new MethodConfiguration(authenticator, [All], [])),
        Members,
        null)
    {
        Campaign = campaign,
    };

    private static readonly Gen<MethodTarget> GenTarget = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], static (n, asks) =>
        Target(n == 0 ? null : n, asks switch { 0 => "fido2", 1 => null, _ => Authenticator }));

    private static readonly Gen<MethodsPolicy> GenPolicy = Gen.Select(
        Gen.Int[0, 2].Select(static n => (CampaignState)n), Gen.Int[0, 14], GenTarget.Array[0, 4], Gen.Int[1, 4].Array[0, 2], Gen.Bool,
        static (state, days, include, exclude, more) => Policy(new RegistrationCampaign(
            state, days, [.. include.DistinctBy(static target => target.Id)], [.. exclude.Distinct().Select(static n => Target(n, asks: null))])
        {
            Others = more ? Enforced : null,
        }));

    private static readonly Gen<WantedCampaign> GenWanted = Gen.Select(Gen.Int[1, 4], Gen.Int[0, 14], Wanted);
}
