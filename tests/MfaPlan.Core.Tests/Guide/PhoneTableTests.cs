using MfaPlan.Core.Sources;

namespace MfaPlan.Core.Tests.Guide;

/// <summary>
/// The rows "Phone" and "Backup phone" of the guide's method logic, and the row that is ours: a backup has to stand beside a mobile. What Entra has
/// wins, which the guide's tool does not say of itself.
/// </summary>
public sealed class PhoneTableTests
{
    private const string A = Guided.A;
    private const string B = Guided.B;
    private const string C = "2065550103";

    [Theory]
    [InlineData("Phone, no extension → mobile", A, "", SourceMode.PhoneCall, $"mobile={A}", "")]
    [InlineData("Phone, extension → office", $"{A}x12", "", SourceMode.PhoneCall, $"office={A}x12", "")]
    [InlineData("Phone, extension, default Text Message → mobile without it", $"{A}x12", "", SourceMode.TextMessage, $"mobile={A}", "MFP3023")]
    [InlineData("Phone, extension, default Mobile App → office", $"{A}x12", "", SourceMode.MobileApp, $"office={A}x12", "")]
    [InlineData("Backup, no extension → alternate", A, B, SourceMode.PhoneCall, $"mobile={A} alternateMobile={B}", "")]
    [InlineData("Backup, extension → office", A, $"{B}x34", SourceMode.PhoneCall, $"mobile={A} office={B}x34", "")]
    [InlineData("Backup, both with extensions → skipped", $"{A}x12", $"{B}x34", SourceMode.PhoneCall, $"office={A}x12", "MFP3025")]
    [InlineData("Backup, both with extensions, Text Message → skipped", $"{A}x12", $"{B}x34", SourceMode.TextMessage, $"mobile={A}", "MFP3023 MFP3025")]
    [InlineData("Text Message drops only the first phone's extension", A, $"{B}x34", SourceMode.TextMessage, $"mobile={A} office={B}x34", "")]
    [InlineData("Ours: a backup without a first phone → mobile", "", B, SourceMode.PhoneCall, $"mobile={B}", "MFP3024")]
    [InlineData("Ours: a backup beside an office phone → mobile", $"{A}x12", B, SourceMode.PhoneCall, $"mobile={B} office={A}x12", "MFP3024")]
    [InlineData("Ours: the same number twice → once", A, A, SourceMode.PhoneCall, $"mobile={A}", "MFP3026")]
    [InlineData("Ours: the same number twice once the extension is dropped → once", $"{A}x12", A, SourceMode.TextMessage, $"mobile={A}", "MFP3023 MFP3026")]
    [InlineData("The same number with and without an extension is two phones", $"{A}x12", A, SourceMode.PhoneCall, $"mobile={A} office={A}x12", "MFP3024")]
    [InlineData("No phone", "", "", SourceMode.PhoneCall, "", "")]
    public void A_row_of_the_source(string row, string primary, string backup, SourceMode mode, string changes, string codes)
    {
        var unit = Guided.Plan(Guided.Record(primary, backup, mode), plan: "defaultMethod: leave");

        unit.Text().ShouldBe(changes, row);
        unit.Codes("MFP3023", "MFP3024", "MFP3025", "MFP3026").ShouldBe(codes, row);
    }

    [Theory]
    [InlineData("The same value is in place", A, B, $"mobile={A} alternateMobile={B}", "", "", "")]
    [InlineData("Another value is kept", A, "", $"mobile={C}", "", "", "MFP3027")]
    [InlineData("Another value is replaced where the plan says so", A, "", $"mobile={C}", "phone: { existing: replace }", $"mobile={A}", "MFP3028")]
    [InlineData("The backup has its own setting", A, B, $"mobile={C} alternateMobile={C}", "backupPhone: { existing: replace }", $"alternateMobile={B}", "MFP3027 MFP3028")]
    [InlineData("A backup stands beside Entra's mobile", "", B, $"mobile={C}", "", $"alternateMobile={B}", "")]
    [InlineData("A number in another place is not added again", A, "", $"office={A}", "", "", "MFP3026")]
    [InlineData("A number that stays in a kept place is not added again", A, B, $"mobile={B}", "", "", "MFP3027 MFP3026")]
    [InlineData("A number whose place is given to another moves", A, B, $"mobile={B}", "phone: { existing: replace }", $"mobile={A} alternateMobile={B}", "MFP3028")]
    [InlineData("Two numbers change places", A, B, $"mobile={B} alternateMobile={A}", "phone: { existing: replace }, backupPhone: { existing: replace }", $"mobile={A} alternateMobile={B}", "MFP3028 MFP3028")]
    [InlineData("No room is made by a value that stays away itself", A, C, $"mobile={C} office={A}", "phone: { existing: replace }, backupPhone: { existing: replace }", "", "MFP3026 MFP3026")]
    [InlineData("A backup whose mobile stays away becomes the mobile", A, B, $"office={A}", "", $"mobile={B}", "MFP3026 MFP3024")]
    public void A_row_beside_what_Entra_has(string row, string primary, string backup, string entra, string plan, string changes, string codes)
    {
        var unit = Guided.Plan(Guided.Record(primary, backup), entra, "defaultMethod: leave" + (plan.Length > 0 ? ", " + plan : ""));

        unit.Text().ShouldBe(changes, row);
        unit.Codes("MFP3024", "MFP3026", "MFP3027", "MFP3028").ShouldBe(codes, row);
    }
}
