using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Guide;

/// <summary>
/// The table of default methods: what a mode and sub-mode of the server becomes, the three modes of setting of the guide's settings dialog, the check
/// against the policy, and the order by which "the most secure available" is found.
/// </summary>
public sealed class DefaultMethodTableTests
{
    private const string A = Guided.A;
    private static readonly string[] Losses = ["MFP3031", "MFP3040", "MFP3041", "MFP3042", "MFP3043", "MFP3070"];

    [Theory]
    [InlineData("Phone Call, Standard", SourceMode.PhoneCall, false, false, A, "", $"mobile={A} default=voiceMobile", "")]
    [InlineData("Phone Call, Standard, extension", SourceMode.PhoneCall, false, false, $"{A}x1", "", $"office={A}x1 default=voiceOffice", "")]
    [InlineData("Phone Call, PIN", SourceMode.PhoneCall, true, false, A, "", $"mobile={A} default=voiceMobile", "MFP3042")]
    [InlineData("Phone Call, the number is Entra's office phone", SourceMode.PhoneCall, false, false, A, $"office={A}", "default=voiceOffice", "")]
    [InlineData("Phone Call, the number is Entra's alternate mobile", SourceMode.PhoneCall, false, false, A, $"mobile={Guided.B} alternateMobile={A}", "default=voiceAlternateMobile", "")]
    [InlineData("Text Message, One-Way OTP", SourceMode.TextMessage, false, false, A, "", $"mobile={A} default=sms", "")]
    [InlineData("Text Message, One-Way OTP, extension", SourceMode.TextMessage, false, false, $"{A}x1", "", $"mobile={A} default=sms", "")]
    [InlineData("Text Message, One-Way OTP+PIN", SourceMode.TextMessage, true, false, A, "", $"mobile={A} default=sms", "MFP3042")]
    [InlineData("Text Message, Two-Way", SourceMode.TextMessage, false, true, A, "", $"mobile={A} default=sms", "MFP3043")]
    [InlineData("Text Message, Two-Way, PIN", SourceMode.TextMessage, true, true, A, "", $"mobile={A} default=sms", "MFP3043 MFP3042")]
    [InlineData("Mobile App, not registered: the next best", SourceMode.MobileApp, false, false, A, "", $"mobile={A} default=sms", "MFP3040 MFP3031")]
    [InlineData("Mobile App, registered", SourceMode.MobileApp, false, false, A, "apps=1", $"mobile={A} default=push", "")]
    [InlineData("Mobile App, PIN", SourceMode.MobileApp, true, false, A, "apps=1", $"mobile={A} default=push", "MFP3042")]
    [InlineData("OATH Token, in Entra", SourceMode.OathToken, false, false, A, "hardware=1", $"mobile={A} default=oath", "")]
    [InlineData("OATH Token, seed not known: the next best", SourceMode.OathToken, false, false, A, "", $"mobile={A} default=sms", "MFP3041 MFP3031")]
    [InlineData("Invalid or unspecified: what is set is left", SourceMode.None, false, false, A, "default=voiceMobile", $"mobile={A}", "MFP3070")]
    [InlineData("Invalid or unspecified, none set: differs, the most secure", SourceMode.None, false, false, A, "", $"mobile={A} default=sms", "MFP3070")]
    public void A_mode_of_the_server(string row, SourceMode mode, bool pin, bool twoWay, string primary, string entra, string changes, string codes)
    {
        var unit = Guided.Plan(Guided.Record(primary, mode: mode) with { WithPin = pin, TwoWay = twoWay }, entra, "defaultMethod: always");

        unit.Text().ShouldBe(changes, row);
        unit.Codes(Losses).ShouldBe(codes, row);
    }

    [Theory]
    [InlineData("always, none set", "always", "", "voiceMobile", "")]
    [InlineData("always, another set", "always", "default=push apps=1", "voiceMobile", "")]
    [InlineData("always, set already", "always", "default=voiceMobile", "", "")]
    [InlineData("only if not set, none set", "ifNotSet", "", "voiceMobile", "")]
    [InlineData("only if not set, another set", "ifNotSet", "default=push apps=1", "", "MFP3030")]
    [InlineData("only if not set, one set that this version does not know", "ifNotSet", "default=hologram", "", "MFP3030")]
    [InlineData("most secure if not set, none set", "mostSecureIfNotSet", "apps=1", "push", "")]
    [InlineData("most secure if not set, another set", "mostSecureIfNotSet", "default=sms apps=1", "", "")]
    [InlineData("ours: leave", "leave", "", "", "")]
    public void A_mode_of_setting(string row, string mode, string entra, string expected, string codes)
    {
        var unit = Guided.Plan(Guided.Record(A), entra, $"defaultMethod: {mode}");

        Default(unit).ShouldBe(expected, row);
        unit.Codes("MFP3030", "MFP3031").ShouldBe(codes, row);
    }

    [Theory]
    [InlineData("allowed", SourceMode.TextMessage, "sms voice", "sms", "")]
    [InlineData("text messages forbidden", SourceMode.TextMessage, "voice", "voiceMobile", "MFP3031")]
    [InlineData("calls forbidden", SourceMode.PhoneCall, "sms", "sms", "MFP3031")]
    [InlineData("the app registered and forbidden", SourceMode.MobileApp, "sms voice", "sms", "MFP3031")]
    [InlineData("the most secure of what is left", SourceMode.TextMessage, "authenticator voice", "push", "MFP3031")]
    [InlineData("everything forbidden", SourceMode.TextMessage, "", "", "MFP3033")]
    public void The_check_against_the_policy(string row, SourceMode mode, string allowed, string expected, string codes)
    {
        var policy = Cases.Policy([.. allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Enum.Parse<MethodKind>(word, ignoreCase: true))]);

        var unit = Guided.Plan(Guided.Record(A, mode: mode), "apps=1", "defaultMethod: always", policy);

        Default(unit).ShouldBe(expected, row);
        unit.Codes("MFP3031", "MFP3033").ShouldBe(codes, row);
    }

    /// <summary>The guide's tool does not publish its order. Ours is the one of system-preferred authentication, for methods that can be a default.</summary>
    [Theory]
    [InlineData("push before everything", $"mobile={A} alternateMobile={A} office={A} apps=1 software=1", "push")]
    [InlineData("oath before phones, software", $"mobile={A} alternateMobile={A} office={A} software=1", "oath")]
    [InlineData("oath before phones, hardware", $"mobile={A} alternateMobile={A} office={A} hardware=1", "oath")]
    [InlineData("ours: text message before calls", $"mobile={A} alternateMobile={A} office={A}", "sms")]
    [InlineData("office alone", $"office={A}", "voiceOffice")]
    [InlineData("nothing", "", "")]
    public void The_most_secure_first(string row, string entra, string expected) =>
        Default(Guided.Plan(Guided.Record(), entra, "defaultMethod: mostSecureIfNotSet")).ShouldBe(expected, row);

    [Fact]
    public void The_order_is_data_with_source_and_day_of_review()
    {
        using var stream = typeof(RuleData).Assembly.GetManifestResourceStream("method-ranking.json")!;
        using var data = JsonDocument.Parse(stream);
        var order = data.RootElement.GetProperty("mostSecureFirst").EnumerateArray().Select(static word => word.GetString()!).ToList();

        order.ShouldBe(RuleData.MostSecureFirst.Select(static method => method.Word));
        order.ShouldBe(order.Distinct());
        order.Order(StringComparer.Ordinal).ShouldBe(["oath", "push", "sms", "voiceAlternateMobile", "voiceMobile", "voiceOffice"]);
        order.IndexOf("push").ShouldBeLessThan(order.IndexOf("oath"));
        order.Skip(order.IndexOf("oath") + 1).ShouldAllBe(static word => word == "sms" || word.StartsWith("voice", StringComparison.Ordinal));
        data.RootElement.GetProperty("source").GetString().ShouldNotBeNullOrWhiteSpace();
        DateOnly.ParseExact(data.RootElement.GetProperty("reviewed").GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).Year.ShouldBeGreaterThan(2025);
    }

    [Theory]
    [InlineData(true, "MFP3032")]
    [InlineData(false, "")]
    [InlineData(null, "")]
    public void Where_the_service_picks_the_method_itself_that_is_said(bool? systemPreferred, string codes)
    {
        var seen = new Observed<UserMethods>.Seen(
            new UserMethods(MethodParts.Methods | MethodParts.Preferences) { SystemPreferred = systemPreferred }, DateTimeOffset.UnixEpoch);

        var unit = Core.Planning.Planner.ForUser(Cases.Context(Cases.Plan()), Cases.Scope(Guided.Record(A)), seen, lastMigrated: null);

        Default(unit).ShouldBe("voiceMobile");
        unit.Codes("MFP3032").ShouldBe(codes);
    }

    private static string Default(Unit unit) => unit.Changes.OfType<Change.SetDefaultMethod>().SingleOrDefault()?.After.Word ?? "";
}
