using MfaPlan.Core.Privacy;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Rules;

/// <summary>The utility's table of phones, row by row, and our one row beside it.</summary>
public sealed class WantedPhonesTests
{
    private const string A = "2065550101";
    private const string B = "2065550102";

    [Theory]
    [InlineData(SourceMode.PhoneCall, A, "", "", "", "mobile=+1 2065550101")]
    [InlineData(SourceMode.PhoneCall, A, "12", "", "", "office=+1 2065550101x12")]
    [InlineData(SourceMode.TextMessage, A, "12", "", "", "mobile=+1 2065550101")]
    [InlineData(SourceMode.PhoneCall, A, "", B, "", "mobile=+1 2065550101, alternate mobile=+1 2065550102")]
    [InlineData(SourceMode.PhoneCall, A, "", B, "34", "mobile=+1 2065550101, office=+1 2065550102x34")]
    [InlineData(SourceMode.PhoneCall, A, "12", B, "34", "office=+1 2065550101x12")]
    [InlineData(SourceMode.TextMessage, A, "12", B, "34", "mobile=+1 2065550101")]
    [InlineData(SourceMode.PhoneCall, A, "12", B, "", "mobile=+1 2065550102, office=+1 2065550101x12")]
    [InlineData(SourceMode.TextMessage, "", "", B, "", "mobile=+1 2065550102")]
    [InlineData(SourceMode.TextMessage, A, "", A, "", "mobile=+1 2065550101")]
    [InlineData(SourceMode.MobileApp, "", "", "", "", "")]
    public void Phones_go_where_the_table_says(SourceMode mode, string primary, string extension, string backup, string backupExtension, string expected)
    {
        var wanted = WantedPhones.Of(Source(mode, primary, extension, backup, backupExtension), mobileThere: false);

        string.Join(", ", wanted.Phones.Select(phone => $"{WantedPhones.SlotName(phone.Slot)}={phone.Number.Reveal()}")).ShouldBe(expected);
    }

    [Fact]
    public void A_backup_stands_beside_a_mobile_that_Entra_has() =>
        WantedPhones.Of(Source(SourceMode.PhoneCall, "", "", B, ""), mobileThere: true).Phones.Single().Slot.ShouldBe(PhoneSlot.AlternateMobile);

    [Fact]
    public void What_is_dropped_is_said()
    {
        WantedPhones.Of(Source(SourceMode.PhoneCall, A, "12", B, "34"), false).Findings
            .ShouldContain(finding => finding.Code == FindingCatalog.BackupSkipped.Code);
        WantedPhones.Of(Source(SourceMode.TextMessage, A, "12", "", ""), false).Findings
            .ShouldContain(finding => finding.Code == FindingCatalog.ExtensionDropped.Code);
    }

    private static SourceUser Source(SourceMode mode, string primary, string extension, string backup, string backupExtension) => new(
        2, new PersonalName("alice@contoso.com"), mode, TwoWay: false, WithPin: false,
        new SourcePhone("1", primary, extension), new SourcePhone("1", backup, backupExtension), Enabled: true, Sid: null);
}
