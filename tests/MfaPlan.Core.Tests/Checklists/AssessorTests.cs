using System.Collections.Immutable;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Checklists;

public sealed class AssessorTests
{
    /// <summary>The guide's tables: what becomes of each row that nobody answered, that is used, and that is not; by an export without users.</summary>
    public static TheoryData<string, RowVerdict, RowVerdict, RowVerdict> Guide
    {
        get
        {
            const RowVerdict carried = RowVerdict.CarriedOver, nothing = RowVerdict.NothingToDo, hand = RowVerdict.ByHand, blocks = RowVerdict.Blocking, open = RowVerdict.NotAnswered;
            return new()
            {
                { "phoneCall", nothing, carried, nothing },
                { "textMessage", nothing, carried, nothing },
                { "mobileApp", nothing, hand, nothing },
                { "phoneCallPin", nothing, hand, nothing },
                { "textMessagePin", nothing, carried, nothing },
                { "mobileAppPin", nothing, hand, nothing },
                { "languages", nothing, nothing, nothing },
                { "pinRules", nothing, nothing, nothing },
                { "usernameResolution", nothing, nothing, nothing },
                { "textMessageTab", nothing, nothing, nothing },
                { "oathTokenTab", nothing, nothing, nothing },
                { "reports", nothing, nothing, nothing },
                { "portalUrl", open, hand, nothing },
                { "enrollment", nothing, nothing, nothing },
                { "promptBackupPhone", open, hand, nothing },
                { "promptOathToken", open, hand, nothing },
                { "oneTimeBypass", open, hand, nothing },
                { "selectMethod", nothing, nothing, nothing },
                { "selectPhoneCall", open, hand, nothing },
                { "selectTextMessage", open, hand, nothing },
                { "selectMobileApp", open, hand, nothing },
                { "selectOathToken", open, hand, nothing },
                { "selectLanguage", nothing, nothing, nothing },
                { "activateMobileApp", open, hand, nothing },
                { "deviceLimit", nothing, nothing, nothing },
                { "securityQuestionsFallback", nothing, nothing, nothing },
                { "questionsToAnswer", open, hand, nothing },
                { "thirdPartyOathToken", nothing, hand, nothing },
                { "oathTokenFallback", open, hand, nothing },
                { "sessionTimeout", nothing, nothing, nothing },
                { "securityQuestionsTab", open, hand, nothing },
                { "passedSessionsTab", nothing, nothing, nothing },
                { "trustedIps", open, hand, nothing },
                { "radius", open, blocks, nothing },
                { "ldap", open, blocks, nothing },
                { "adfsAdapter", open, blocks, nothing },
                { "iisPlugIn", open, blocks, nothing },
                { "windowsAuthentication", open, blocks, nothing },
                { "mim", open, blocks, nothing },
                { "sdkCallers", open, blocks, nothing },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Guide))]
    public void A_row_of_the_guide(string id, RowVerdict unanswered, RowVerdict used, RowVerdict notUsed)
    {
        Of(id, Cases.Plan(), Source(), answer: null).Verdict.ShouldBe(unanswered);
        Of(id, Cases.Plan(), Source(), RowUse.Used).Verdict.ShouldBe(used);
        Of(id, Cases.Plan(), Source(), RowUse.NotUsed).Verdict.ShouldBe(notUsed);
    }

    [Fact]
    public void Every_row_of_the_guide_is_in_the_table() =>
        Guide.Select(static row => row.Data.Item1).ShouldBe(GuideData.Rows.Select(static row => row.Id));

    [Theory]
    [InlineData("phoneCall", SourceMode.PhoneCall, false, RowVerdict.CarriedOver)]
    [InlineData("phoneCallPin", SourceMode.PhoneCall, true, RowVerdict.ByHand)]
    [InlineData("textMessage", SourceMode.TextMessage, false, RowVerdict.CarriedOver)]
    [InlineData("textMessagePin", SourceMode.TextMessage, true, RowVerdict.CarriedOver)]
    [InlineData("mobileApp", SourceMode.MobileApp, false, RowVerdict.ByHand)]
    [InlineData("mobileAppPin", SourceMode.MobileApp, true, RowVerdict.ByHand)]
    [InlineData("thirdPartyOathToken", SourceMode.OathToken, false, RowVerdict.ByHand)]
    public void What_the_source_shows_outweighs_an_answer(string id, SourceMode mode, bool pin, RowVerdict verdict)
    {
        var row = Of(id, Cases.Plan(), Source(Cases.Source(mode, pin: pin), Cases.Source(mode, pin: pin)), RowUse.NotUsed);

        row.Verdict.ShouldBe(verdict);
        row.Found.ShouldStartWith("2 users");
        row.Found.ShouldEndWith("answered: not used");
        Of(id, Cases.Plan(), Source(Cases.Source(mode, pin: !pin)), answer: null).Verdict.ShouldBe(
            mode == SourceMode.OathToken ? verdict : RowVerdict.NothingToDo);
    }

    [Fact]
    public void A_damaged_row_could_use_anything_so_nothing_is_taken_as_unused()
    {
        var damaged = Source() with { DamagedRows = 3 };

        var row = Of("mobileApp", Cases.Plan(), damaged, answer: null);

        row.Verdict.ShouldBe(RowVerdict.NotAnswered);
        row.Found.ShouldContain("3 records could not be read");
        Of("mobileApp", Cases.Plan(), damaged, RowUse.NotUsed).Verdict.ShouldBe(RowVerdict.NothingToDo);
    }

    [Fact]
    public void Extensions_backup_phones_and_two_way_texts_are_counted()
    {
        var source = Source(
            Cases.Source(SourceMode.PhoneCall, extension: "12", backup: "2065550102"),
            Cases.Source(SourceMode.TextMessage) with { TwoWay = true });

        Of("phoneCall", Cases.Plan(), source, null).Found.ShouldBe("1 user; 1 primary phone of the source has an extension; 1 user has a backup phone");
        Of("textMessage", Cases.Plan(), source, null).Found.ShouldBe("1 user; 1 user answers by text (two-way), which becomes a code to type in");
    }

    [Theory]
    [InlineData("selectPhoneCall", "voice")]
    [InlineData("selectTextMessage", "sms")]
    [InlineData("selectMobileApp", "microsoftAuthenticator")]
    [InlineData("activateMobileApp", "microsoftAuthenticator")]
    [InlineData("selectOathToken", "hardwareOath")]
    [InlineData("oathTokenFallback", "softwareOath")]
    public void What_the_plan_ensures_is_carried_over(string id, string part)
    {
        var plan = Cases.Plan(rest: $"policy: {{ ensure: {{ {part}: {{ groups: [G] }} }} }}");

        var row = Of(id, plan, Source(), RowUse.Used);

        row.Verdict.ShouldBe(RowVerdict.CarriedOver);
        row.Next.ShouldNotBeNull().ShouldStartWith($"policy.ensure.{part} ");
    }

    [Theory]
    [InlineData(DependencyStatus.Open, null, RowVerdict.Blocking)]
    [InlineData(DependencyStatus.InProgress, RowUse.Used, RowVerdict.Blocking)]
    [InlineData(DependencyStatus.Open, RowUse.NotUsed, RowVerdict.Blocking)]
    [InlineData(DependencyStatus.Done, RowUse.Used, RowVerdict.NothingToDo)]
    [InlineData(DependencyStatus.Done, null, RowVerdict.NothingToDo)]
    public void A_service_that_the_plan_lists_is_in_use_until_it_is_moved(DependencyStatus status, RowUse? answer, RowVerdict verdict)
    {
        var plan = Cases.Plan() with { Dependencies = [new Dependency { Id = "vpn", Kind = DependencyKind.Radius, Status = status }] };

        var row = Of("radius", plan, Source(), answer);

        row.Verdict.ShouldBe(verdict);
        row.Found.ShouldContain("vpn");
        Of("ldap", plan, Source(), null).Verdict.ShouldBe(RowVerdict.NotAnswered);
    }

    [Fact]
    public void It_is_clear_only_when_all_is_answered_nothing_blocks_and_no_dependency_is_open()
    {
        var all = View([.. GuideData.Rows.Select(static row => new RowAnswer { Id = row.Id, Answer = RowUse.NotUsed })]);
        var portal = Cases.Plan() with { Dependencies = [new Dependency { Id = "portal", Kind = DependencyKind.UserPortal }] };

        Assessor.Assess(Cases.Plan(), all, Source()).IsClear.ShouldBeTrue();
        Assessor.Assess(Cases.Plan(), null, Source()).IsClear.ShouldBeFalse();
        Assessor.Assess(portal, all, Source()).IsClear.ShouldBeFalse();
    }

    private static AssessedRow Of(string id, Plan plan, SourceData source, RowUse? answer) =>
        Assessor.Assess(plan, answer is { } use ? View(new RowAnswer { Id = id, Answer = use }) : null, source).Rows.Single(row => row.Row.Id == id);

    private static ChecklistView View(params ReadOnlySpan<RowAnswer> rows) =>
        new(new Answers { Format = 1, Rows = [.. rows] }, ImmutableSortedDictionary<string, EvidenceFile>.Empty);

    private static SourceData Source(params ReadOnlySpan<SourceUser> users) =>
        new([.. users], 0, [], ImmutableSortedDictionary<string, string>.Empty);
}
