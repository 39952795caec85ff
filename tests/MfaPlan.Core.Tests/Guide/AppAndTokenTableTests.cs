using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Guide;

/// <summary>
/// The rows "Mobile app" and "OATH token" of the guide's method logic. The guide's tool writes through a private interface; no public one creates an app
/// registration or a software token, or reads a seed back. So these rows differ: what cannot be written is said, and what has a known seed becomes a hardware
/// token.
/// </summary>
public sealed class AppAndTokenTableTests
{
    [Theory]
    [InlineData("up to 5 devices", "a b c d e", "", "MFP3040 MFP3047", "5", "")]
    [InlineData("over the limit: left out", "a b c d e f g", "", "MFP3040 MFP3047 MFP3048", "5", "2")]
    [InlineData("4 where the user has a hardware token", "a b c d e", "hardware=1", "MFP3040 MFP3047 MFP3048", "4", "1")]
    [InlineData("same name: the newest only", "a a a b", "", "MFP3040 MFP3047", "2", "")]
    [InlineData("Entra has an app: nothing to register again", "a b", "apps=1", "", "", "")]
    [InlineData("no devices known", "", "", "MFP3040", "", "")]
    public void Mobile_app(string row, string devices, string entra, string codes, string again, string over)
    {
        var record = Guided.Record(Guided.A, mode: SourceMode.MobileApp) with { Devices = Devices(devices) };

        var unit = Guided.Plan(record, entra, "defaultMethod: leave");

        unit.Codes("MFP3040", "MFP3047", "MFP3048").ShouldBe(codes, row);
        Value("MFP3047").ShouldBe(again, row);
        Value("MFP3048").ShouldBe(over, row);
        unit.Changes.OfType<Change.OfToken>().ShouldBeEmpty();

        string Value(string code) =>
            unit.Findings.Where(finding => finding.Code == code).Select(static finding => finding.Values.Single(static value => value.Name == "count").Text).SingleOrDefault("");
    }

    [Fact]
    public void Mobile_app_newest_first()
    {
        var record = Guided.Record(mode: SourceMode.MobileApp) with { Devices = Devices("old=2020 mid=2022 new=2024 old=2019 a=2023 b=2023 c=2021") };

        var unit = Guided.Plan(record, plan: "defaultMethod: leave");

        Names("MFP3047").ShouldBe("new, a, b, mid, c");
        Names("MFP3048").ShouldBe("old");

        string Names(string code) => unit.Findings.Single(finding => finding.Code == code).Values.Single(static value => value.Name == "devices").Text;
    }

    [Theory]
    [InlineData("Mobile app, differs: its seed is known → a hardware token, the app goes on working", SourceMode.MobileApp, "", "create assign activate default=oath", "MFP3039")]
    [InlineData("OATH token: no match → new hardware token, assigned, activated", SourceMode.OathToken, "", "create assign activate default=oath", "MFP3039")]
    [InlineData("OATH token: over the limit → left out", SourceMode.OathToken, "apps=5", "default=push", "MFP3037")]
    [InlineData("OATH token: the limit counts apps, software and hardware tokens", SourceMode.OathToken, "apps=2 software=2 hardware=1", "default=oath", "MFP3037")]
    [InlineData("OATH token: the last place", SourceMode.OathToken, "apps=2 software=1 hardware=1", "create assign activate default=oath", "MFP3039")]
    public void A_known_seed(string row, SourceMode mode, string entra, string changes, string codes)
    {
        var unit = Guided.Plan(Guided.Record(mode: mode), entra, tokens: TokenCases.Book(TokenCases.Seed()));

        unit.Text().ShouldBe(changes, row);
        unit.Codes("MFP3036", "MFP3037", "MFP3039", "MFP3040", "MFP3041").ShouldBe(codes, row);
    }

    /// <summary>The guide's tool matches by the secret key, which Entra shows nobody; the serial number stands in for it.</summary>
    [Theory]
    [InlineData("OATH token: match → as it is", TokenHolder.User, true, "", "MFP3035")]
    [InlineData("OATH token: match, not activated → activated", TokenHolder.User, false, "activate", "MFP3039")]
    [InlineData("OATH token: match, held by nobody → assigned, activated", TokenHolder.Nobody, false, "assign activate", "MFP3039")]
    [InlineData("OATH token: match, held by another user → left to them", TokenHolder.Other, true, "", "MFP3036")]
    public void A_token_in_Entra_with_the_serial_number(string row, TokenHolder holder, bool activated, string changes, string codes)
    {
        var unit = Planner.ForUser(
            TokenCases.Context(TokenCases.Book(TokenCases.Seed()), "defaultMethod: leave"),
            Cases.Scope(Guided.Record(mode: SourceMode.OathToken)),
            TokenCases.Seen(TokenCases.Methods(TokenCases.There(holder, activated))),
            lastMigrated: null);

        unit.Text().ShouldBe(changes, row);
        unit.Codes("MFP3035", "MFP3036", "MFP3039").ShouldBe(codes, row);
    }

    [Fact]
    public void An_unknown_seed_is_no_change_but_a_finding() =>
        Guided.Plan(Guided.Record(mode: SourceMode.OathToken), plan: "defaultMethod: leave").Codes("MFP3041").ShouldBe("MFP3041");

    /// <summary>Seeds that Entra takes: time-based, six digits, SHA-1 or SHA-256, 30 or 60 seconds, at most 128 characters, a serial number, an owner.</summary>
    [Theory]
    [InlineData("as it should be", "", "create assign activate")]
    [InlineData("SHA-256, 60 seconds", "sha256", "create assign activate")]
    [InlineData("128 characters", "long", "create assign activate")]
    [InlineData("counter-based", "hotp", "")]
    [InlineData("eight digits", "digits", "")]
    [InlineData("SHA-512", "sha512", "")]
    [InlineData("45 seconds", "interval", "")]
    [InlineData("more than 128 characters", "longer", "")]
    public void Which_seeds_Entra_takes(string row, string what, string changes)
    {
        var seed = TokenCases.Seed();
        seed = what switch
        {
            "sha256" => seed with { Algorithm = TokenAlgorithm.Sha256, IntervalSeconds = 60 },
            "long" => TokenCases.Seed(secret: new string('A', 128)),
            "longer" => TokenCases.Seed(secret: new string('A', 136)),
            "hotp" => seed with { Kind = TokenKind.Hotp },
            "digits" => seed with { Digits = 8 },
            "sha512" => seed with { Algorithm = TokenAlgorithm.Sha512 },
            "interval" => seed with { IntervalSeconds = 45 },
            _ => seed,
        };

        var unit = Guided.Plan(Guided.Record(mode: SourceMode.OathToken), plan: "defaultMethod: leave", tokens: TokenCases.Book(seed));

        unit.Text().ShouldBe(changes, row);
        unit.Codes("MFP3034").ShouldBe(changes.Length > 0 ? "" : "MFP3034", row);
    }

    /// <summary>Devices by <c>name</c> or <c>name=year of last use</c>.</summary>
    private static System.Collections.Immutable.ImmutableArray<SourceDevice> Devices(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => word.Split('=')).Select(static parts => new SourceDevice(
            new PersonalName(parts[0]),
            parts.Length > 1 ? new DateTimeOffset(int.Parse(parts[1], CultureInfo.InvariantCulture), 1, 1, 0, 0, 0, TimeSpan.Zero) : null,
            Created: null)),
    ];
}
