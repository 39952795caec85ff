using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Planning;

public sealed class PlannerTests
{
    [Theory]
    [InlineData(SourceMode.PhoneCall, "", "ifNotSet", "", "voiceMobile")]
    [InlineData(SourceMode.PhoneCall, "12", "ifNotSet", "", "voiceOffice")]
    [InlineData(SourceMode.TextMessage, "", "ifNotSet", "", "sms")]
    [InlineData(SourceMode.TextMessage, "12", "ifNotSet", "", "sms")]
    [InlineData(SourceMode.MobileApp, "", "ifNotSet", "", "sms")]
    [InlineData(SourceMode.OathToken, "", "ifNotSet", "", "sms")]
    [InlineData(SourceMode.PhoneCall, "", "mostSecureIfNotSet", "", "sms")]
    [InlineData(SourceMode.PhoneCall, "", "leave", "", "")]
    [InlineData(SourceMode.PhoneCall, "", "ifNotSet", "sms", "")]
    [InlineData(SourceMode.PhoneCall, "", "always", "sms", "voiceMobile")]
    [InlineData(SourceMode.None, "", "ifNotSet", "", "sms")]
    public void The_default_method_follows_source_and_mode(SourceMode mode, string extension, string plan, string set, string expected)
    {
        var unit = Planner.ForUser(
            Cases.Context(Cases.Plan($"defaultMethod: {plan}")),
            Cases.Scope(Cases.Source(mode, extension: extension)),
            Cases.Seen(new UserMethods(MethodParts.None) { Default = set.Length > 0 ? new DefaultMethod(set) : null }),
            lastMigrated: null);

        (unit.Changes.OfType<Change.SetDefaultMethod>().SingleOrDefault()?.After.Word ?? "").ShouldBe(expected);
    }

    [Theory]
    [InlineData(SourceMode.TextMessage, MethodKind.Voice, "voiceMobile")]
    [InlineData(SourceMode.PhoneCall, MethodKind.Sms, "sms")]
    public void A_default_that_the_policy_forbids_becomes_the_most_secure_available(SourceMode mode, MethodKind allowed, string expected)
    {
        var unit = Planner.ForUser(
            Cases.Context(Cases.Plan(), Cases.Policy(allowed)), Cases.Scope(Cases.Source(mode)), Cases.Seen(), lastMigrated: null);

        unit.Changes.OfType<Change.SetDefaultMethod>().Single().After.Word.ShouldBe(expected);
        unit.Findings.ShouldContain(finding => finding.Code == FindingCatalog.DefaultSubstituted.Code);
    }

    [Theory]
    [InlineData(SourceMode.MobileApp, 0, 0, "MFP3040")]
    [InlineData(SourceMode.MobileApp, 2, 0, "MFP3040 MFP3047")]
    [InlineData(SourceMode.TextMessage, 2, 0, "MFP3040 MFP3047")]
    [InlineData(SourceMode.MobileApp, 6, 0, "MFP3040 MFP3047 MFP3048")]
    [InlineData(SourceMode.TextMessage, 0, 0, "")]
    [InlineData(SourceMode.MobileApp, 6, 1, "")]
    public void The_app_must_be_registered_again_unless_Entra_has_it(SourceMode mode, int devices, int authenticators, string expected)
    {
        var source = Cases.Source(mode) with
        {
            Devices = [.. Enumerable.Range(0, devices).Select(static i => new SourceDevice(new PersonalName($"d{i}"), null, null))],
        };

        var unit = Planner.ForUser(
            Cases.Context(Cases.Plan()), Cases.Scope(source), Cases.Seen(new UserMethods(MethodParts.None) { Authenticators = authenticators }), null);

        string.Join(' ', unit.Findings.Select(static finding => finding.Code).Where(static code => code is "MFP3040" or "MFP3047" or "MFP3048"))
            .ShouldBe(expected);
    }

    [Fact]
    public void The_day_of_a_record_goes_before_the_day_of_its_source()
    {
        var source = Cases.Source(SourceMode.TextMessage);
        var context = Cases.Context(Cases.Plan());

        context.AsOf(source).ShouldBe("2024-09-27");
        context.AsOf(source with { AsOf = new DateOnly(2023, 1, 31) }).ShouldBe("2023-01-31");
        (context with { Plan = context.Plan with { Source = new() { Records = "r" } } }).AsOf(source).ShouldBe("an unknown day");
        (context with { Plan = context.Plan with { Source = new() { Export = new() { Product = ExportProduct.Duo, File = "f", AsOf = new DateOnly(2026, 1, 31) } } } })
            .AsOf(source).ShouldBe("2026-01-31");
    }

    [Fact]
    public void An_existing_value_wins_unless_the_plan_says_replace()
    {
        var seen = Cases.Seen(new UserMethods(MethodParts.None) { Mobile = new PhoneNumber("+1 2065550999") });

        var kept = Planner.ForUser(Cases.Context(Cases.Plan()), Cases.Scope(Cases.Source(SourceMode.TextMessage)), seen, null);
        var replaced = Planner.ForUser(
            Cases.Context(Cases.Plan("phone: { existing: replace }")), Cases.Scope(Cases.Source(SourceMode.TextMessage)), seen, null);

        kept.Changes.OfType<Change.SetPhone>().ShouldBeEmpty();
        FindingCatalog.ValueKept.Message(kept.Findings.Single(finding => finding.Code == FindingCatalog.ValueKept.Code), reveal: false)
            .ShouldContain("2024-09-27");
        replaced.Changes.OfType<Change.SetPhone>().Single().Destroys.ShouldBeTrue();
    }

    [Fact]
    public void The_same_number_in_another_spelling_is_in_place() =>
        Planner.ForUser(
            Cases.Context(Cases.Plan("defaultMethod: leave")),
            Cases.Scope(Cases.Source(SourceMode.TextMessage)),
            Cases.Seen(new UserMethods(MethodParts.None) { Mobile = new PhoneNumber("+1 206-555-0101") }),
            null).Changes.ShouldBeEmpty();

    [Theory]
    [InlineData("sourceDisabled", FindingCodes.SourceDisabled)]
    [InlineData("entraDisabled", FindingCodes.EntraDisabled)]
    [InlineData("guests", FindingCodes.Guest)]
    [InlineData("admins", FindingCodes.Administrator)]
    public void Kinds_of_account_are_left_out_or_included_as_the_plan_says(string kind, string code)
    {
        var scope = Cases.Scope(Cases.Source(SourceMode.TextMessage, enabled: kind != "sourceDisabled"), kind != "entraDisabled", kind == "guests");
        var left = Cases.Context(Cases.Plan($"include: {{ {kind}: list }}"));
        var included = Cases.Context(Cases.Plan($"include: {{ {kind}: include }}"));
        if (kind == "admins")
        {
            (left, included) = (left with { Administrators = [Cases.User] }, included with { Administrators = [Cases.User] });
        }

        Planner.NeedsMethods(left, scope, null).ShouldBeFalse();
        var unit = Planner.ForUser(left, scope, null, null);
        unit.Changes.ShouldBeEmpty();
        unit.Findings.ShouldContain(finding => finding.Code == code);
        Planner.ForUser(included, scope, Cases.Seen(), null).Changes.ShouldNotBeEmpty();
    }

    [Fact]
    public void Break_glass_and_protected_accounts_are_never_written_whatever_the_plan_includes()
    {
        var context = Cases.Context(Cases.Plan("include: { admins: include }"));

        Planner.ForUser(context with { BreakGlass = [Cases.User] }, Cases.Scope(Cases.Source(SourceMode.TextMessage)), null, null)
            .Changes.ShouldBeEmpty();
        Planner.ForUser(context with { NeverWrite = [("Svc", [Cases.User])] }, Cases.Scope(Cases.Source(SourceMode.TextMessage)), null, null)
            .Changes.ShouldBeEmpty();
    }

    [Fact]
    public void An_unread_user_is_unknown_and_an_unmatched_one_may_be_in_a_damaged_row()
    {
        var unread = Planner.ForUser(
            Cases.Context(Cases.Plan()), Cases.Scope(Cases.Source(SourceMode.TextMessage)), new Observed<UserMethods>.Unknown("accessDenied"), null);
        var miss = Planner.ForUser(Cases.Context(Cases.Plan()), Cases.Scope(null), null, null);
        var damaged = Planner.ForUser(Cases.Context(Cases.Plan()) with { DamagedRows = 2 }, Cases.Scope(null), null, null);

        (unread.Unknown, unread.Changes.Length).ShouldBe(("accessDenied", 0));
        miss.Unknown.ShouldBeNull();
        damaged.Unknown.ShouldNotBeNull();
    }

    [Fact]
    public void Only_changed_leaves_out_whose_record_and_settings_are_as_they_were_migrated()
    {
        var plan = Cases.Plan();
        var source = Cases.Source(SourceMode.TextMessage);
        var fingerprint = Planner.ForUser(Cases.Context(plan), Cases.Scope(source), Cases.Seen(), null).SourceFingerprint;

        Planner.NeedsMethods(Cases.Context(plan), Cases.Scope(source), fingerprint).ShouldBeFalse();
        Planner.NeedsMethods(Cases.Context(plan), Cases.Scope(Cases.Source(SourceMode.TextMessage, "2065550102")), fingerprint).ShouldBeTrue();
        Planner.NeedsMethods(Cases.Context(Cases.Plan("defaultMethod: always")), Cases.Scope(source), fingerprint).ShouldBeTrue();
        Planner.NeedsMethods(Cases.Context(Cases.Plan("only: all")), Cases.Scope(source), fingerprint).ShouldBeTrue();
    }

    [Fact]
    public void Losses_are_said()
    {
        Codes(SourceMode.MobileApp).ShouldContain(FindingCatalog.MustRegisterAgain.Code);
        Codes(SourceMode.OathToken).ShouldContain(FindingCatalog.TokenNotBrought.Code);
        Codes(SourceMode.PhoneCall, pin: true).ShouldContain(FindingCatalog.PinLost.Code);
        Codes(SourceMode.TextMessage).ShouldContain(FindingCatalog.PhoneOnly.Code);

        static IEnumerable<string> Codes(SourceMode mode, bool pin = false) => Planner.ForUser(
            Cases.Context(Cases.Plan()), Cases.Scope(Cases.Source(mode, pin: pin)), Cases.Seen(), null).Findings.Select(static finding => finding.Code);
    }

    [Fact]
    public void Every_finding_makes_a_whole_sentence_without_open_places()
    {
        foreach (var kind in FindingCatalog.ByCode.Values)
        {
            kind.Template.ShouldEndWith(".");
            kind.Descriptor.Code.ShouldMatch("^MFP3[01][0-9]{2}$");
            string.Format(CultureInfo.InvariantCulture, "{0}", kind.Descriptor.Title).ShouldNotBeEmpty();
        }
    }

    private static class FindingCodes
    {
        public const string SourceDisabled = "MFP3005";
        public const string EntraDisabled = "MFP3006";
        public const string Guest = "MFP3007";
        public const string Administrator = "MFP3008";
    }
}
